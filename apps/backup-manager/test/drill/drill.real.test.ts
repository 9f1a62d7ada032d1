// Drills on Ceph RGW, with the restore script as users have it.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { listTree } from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { drillJsonSchema } from "../../src/drill/drill-json.ts";
import { listJsonSchema } from "../../src/list/list-json.ts";
import { type DrillSite, openDrillSite, PASSPHRASE } from "./drill-site.ts";

const PROGRAM = fileURLToPath(new URL("../../dist/backup-manager.mjs", import.meta.url));
let site: DrillSite;
let temporary: string;
beforeAll(async () => {
  site = await openDrillSite(inject("store"));
  await site.archive("gandalf", 1);
  await site.archive("witte", 7);
  temporary = join(site.folder, "tmp");
  await mkdir(temporary);
  vi.stubEnv("TMPDIR", temporary);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await site.close();
});

async function nothingIsLeft(): Promise<void> {
  expect(await readdir(temporary)).toEqual([]);
}

describe("A drill", () => {
  test("restores the largest file, a hard link and random members, and keeps the result", async () => {
    expect((await site.manage(["list", "--undrilled", "90"])).status).toBe(1);
    const { status, stdout, stderr } = await site.manage(["drill", "-H", "gandalf", "--json"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const [drill] = drillJsonSchema.parse(JSON.parse(stdout)).drills;
    expect(drill).toMatchObject({ host: "gandalf", number: 1, result: "proven", differences: [] });
    expect(drill?.members).toBeGreaterThanOrEqual(10);
    expect(drill?.bytes).toBeGreaterThan(3_000_000);
    const kept = await site.drills("gandalf");
    expect(kept).toMatchObject({ host: "gandalf", last: { result: "proven", number: 1 } });
    expect((await stat(join(site.state, "gandalf.drill"))).mode & 0o777).toBe(0o600);
    await nothingIsLeft();
  });

  test("takes hosts in turn, the longest unproven first, and list shows it", async () => {
    const { stdout } = await site.manage(["drill"]);
    expect(stdout).toMatch(/^witte +7 .* proven$/m);
    const again = await site.manage(["drill", "--hosts", "2", "--json"]);
    const { drills } = drillJsonSchema.parse(JSON.parse(again.stdout));
    expect(drills.map(({ host }) => host)).toEqual(["gandalf", "witte"]);
    const listed = await site.manage(["list", "--undrilled", "90", "--json"]);
    expect(listed.status).toBe(0);
    const { undrilledHosts, drills: last } = listJsonSchema.parse(JSON.parse(listed.stdout));
    expect(undrilledHosts).toEqual([]);
    expect(last.map(({ host, result }) => [host, result])).toEqual([
      ["gandalf", "proven"],
      ["witte", "proven"],
    ]);
    expect((await site.manage(["list"])).stdout).toMatch(
      /^Hostname.* Drilled .*\n.* \d+ min ago .*$/m,
    );
    expect((await site.manage(["show", "-H", "witte", "-b", "7"])).stdout).toMatch(
      /^Last drill +2.*, of backup 7: proven$/m,
    );
  });

  test("is the last step of a night, and prints nothing", async () => {
    const before = await site.drills("gandalf");
    const night = ["nightly", "--directory", site.folder, "--drill", "2"];
    expect(await site.manage(night)).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(await site.drills("gandalf")).not.toEqual(before);
    expect(await site.drills("witte")).toMatchObject({ last: { result: "proven" } });
    await nothingIsLeft();
  });

  test("restores everything into a directory that stays", async () => {
    const all = join(site.folder, "all");
    // The script has a working directory of its own.
    const drilled = await site.manage([
      "drill",
      "-H",
      "gandalf",
      "--full",
      relative("", all),
      "--json",
    ]);
    expect(drilled).toMatchObject({ status: 0, stderr: "" });
    const [drill] = drillJsonSchema.parse(JSON.parse(drilled.stdout)).drills;
    const tree = join(site.folder, "tree");
    const count = execFileSync("sh", ["-c", "find . -print0 | tr -dc '\\0' | wc -c"], {
      cwd: tree,
    });
    expect(drill).toMatchObject({ scope: "full", members: Number(count) });
    expect(drill?.secondsForAll).toBe(drill?.seconds);
    expect(await listTree(all)).toEqual(await listTree(tree));
    await nothingIsLeft();
  });

  test("gives the passphrase to nobody: no argument, no environment, no file", async () => {
    // Looks at every process, and at all files of the drill, while the script runs.
    const spied = join(site.folder, "spied");
    const spy = `#!/bin/sh
case "$*" in *-x*)
  PATH=/usr/bin:/bin
  for process in /proc/[0-9]*; do cat $process/cmdline $process/environ; done >${spied} 2>/dev/null
  find ${temporary} -type f -exec cat {} + >>${spied}
  find ${temporary} >>${spied}
esac
exec /usr/bin/tar "$@"
`;
    const PATH = await site.pathWith({ tar: spy });
    const { status } = await site.manage(["drill", "-H", "gandalf"], { PATH });
    expect(status).toBe(0);
    const seen = await readFile(spied, "latin1");
    expect(seen).toContain("restore.sh");
    expect(seen).toContain("--passphrase-file");
    expect(seen).not.toContain(PASSPHRASE);
  });

  test("finds programs only where a rescue system has them, and none that is faster", async () => {
    const spied = join(site.folder, "programs");
    const spy = `#!/bin/sh\n/bin/ls "$PATH" >${spied}\nexec /usr/bin/tar "$@"\n`;
    const PATH = await site.pathWith({ tar: spy });
    await site.manage(["drill", "-H", "gandalf"], { PATH, AWS_SECRET_ACCESS_KEY: "a secret" });
    const programs = (await readFile(spied, "utf8")).trim().split("\n");
    expect(programs).toEqual(expect.arrayContaining(["awk", "curl", "gpg", "sh", "tar"]));
    for (const name of ["wget", "igzip", "pigz", "node", "perl", "python3", "sed", "bash"])
      expect(programs).not.toContain(name);
  });

  test("fails where what was restored is not as indexed, names the file, and is not forgotten", async () => {
    const PATH = await site.pathWith({
      tar: `#!/bin/sh\n/usr/bin/tar "$@" || exit\ncase "$*" in *-x*) for file in ${temporary}/*/restored/largest; do [ ! -f "$file" ] || echo more >>"$file"; done ;; esac\n`,
    });
    const { status, stderr } = await site.manage(["drill", "-H", "witte"], { PATH });
    expect(status).toBe(13);
    expect(stderr).toMatch(
      /^witte 7: largest has the size 3000005, and 3000000 in the member index$/m,
    );
    expect(stderr).toMatch(/what was restored is not what was archived: .* Archive the host again/);
    expect(await site.drills("witte")).toMatchObject({
      last: { result: "failed" },
      proven: { result: "proven" },
    });
    expect((await site.manage(["list"])).stdout).toMatch(/^witte .* FAILED \d+ min ago /m);
    expect((await site.manage(["show", "-H", "witte", "-b", "7"])).stdout).toMatch(
      /^Last drill .*: FAILED, what was restored is not .* \(proven 2/m,
    );
    await nothingIsLeft();
  });

  test("with sabotage fails, says that it was sabotage, and is not kept", async () => {
    const before = await site.drills("gandalf");
    const { status, stdout, stderr } = await site.manage(["drill", "-H", "gandalf", "--sabotage"]);
    expect(status).toBe(13);
    expect(stdout).toMatch(/^gandalf .* sabotage noticed$/m);
    expect(stderr).toMatch(
      /^gandalf 1: a bit of \S+\.00000001\.gpg was changed on the way, by `drill --sabotage`, and the script refused the chunk\. The drill works; /m,
    );
    expect(await site.drills("gandalf")).toEqual(before);
    await nothingIsLeft();
  });

  test("that a signal ends leaves nothing, and changes no result", async () => {
    const before = await site.drills("gandalf");
    const begun = join(site.folder, "begun");
    const curl = `#!/bin/sh\ncase "$*" in *--version*) exec /usr/bin/curl "$@" ;; esac\n: >${begun}\nexec /bin/sleep 60\n`;
    const PATH = await site.pathWith({ curl });
    const args = [PROGRAM, "--config", site.config, "drill", "-H", "gandalf"];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, PATH, TMPDIR: temporary },
      stdio: "ignore",
    });
    const closed = once(child, "close");
    await vi.waitFor(async () => await stat(begun), { timeout: 200_000, interval: 50 });
    child.kill("SIGTERM");
    expect(await closed).toEqual([null, "SIGTERM"]);
    expect(await site.drills("gandalf")).toEqual(before);
    await nothingIsLeft();
  });
});

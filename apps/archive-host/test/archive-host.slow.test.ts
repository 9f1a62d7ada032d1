// What goes well, whatever the store does on the way; what fails is in failures.test.ts.
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { openCatalog } from "@backuppc-archive-s3/backup-catalog";
import { createGpgHome } from "@backuppc-archive-s3/gpg/home";
import { withPrefix } from "@backuppc-archive-s3/s3-transport";
import { S3Failure } from "@backuppc-archive-s3/test-rig";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readArchive } from "./read-archive.ts";
import { LEFT_BEHIND, openSite, type Site, start } from "./site.ts";

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(async () => await site.close());

async function archive(): Promise<{ status: unknown; lastLine: string | undefined }> {
  const running = start(site.command(), site.environment());
  const status = await running.ended;
  return { status, lastLine: running.lines.at(-1) };
}

describe("archive-host", () => {
  test("archives, says what was new, and leaves what the next run needs, for this user alone", async () => {
    const { status, lastLine } = await archive();
    expect(lastLine).toMatch(
      /^archived merlin 1: 4 chunks, 4 new, 4\.5 MB of tar, 4\.5 MB uploaded$/,
    );
    expect(status).toBe(0);
    expect(await site.statuses()).toEqual(["complete"]);
    const left = [...(await site.leftBehind()).keys()].map((file) => basename(file));
    expect(left.toSorted()).toEqual(LEFT_BEHIND);
    for (const name of left) {
      expect((await stat(join(site.work, name))).mode & 0o077).toBe(0);
    }
  });

  test("sends what has changed since the last archive, and says how it was compressed", async () => {
    const options = { 6: "/bin/gzip", 7: ".gz" };
    await start(site.command(options), site.environment()).ended;
    await writeFile(join(site.folder, "tree", "d"), randomBytes(1_500_000));
    const running = start(site.command({ ...options, 5: "2" }), site.environment());
    expect(await running.ended).toBe(0);
    expect(running.lines.at(-1)).toMatch(
      // The cuts are random: what stands beside the new file may be sent again.
      /^archived merlin 2: \d+ chunks, \d+ new, 6\.0 MB of tar, [1-4]\.\d MB uploaded \((igzip|node:zlib)\)$/,
    );
  });

  test("uploads everything anew for another passphrase, and says why", async () => {
    await archive();
    await site.configure({ passphrase: "another s3cr3t" });
    const running = start(site.command(), site.environment());
    expect(await running.ended).toBe(0);
    expect(running.lines).toContain("all chunks are uploaded anew: the passphrase has changed");
    expect(running.lines.at(-1)).toMatch(/^archived merlin 1: 4 chunks, 4 new, /);
  });

  test("has BackupPC_tarCreate write extended attributes in the same order each time", async () => {
    const script = await readFile(site.tarCreate, "utf8");
    const seen = join(site.folder, "seen");
    await writeFile(site.tarCreate, script.replace("\n", `\nenv > ${seen}\n`));
    expect((await archive()).status).toBe(0);
    const variables = (await readFile(seen, "utf8")).split("\n");
    expect(variables).toEqual(expect.arrayContaining(["PERL_HASH_SEED=0", "PERL_PERTURB_KEYS=0"]));
  });

  test("says nothing of what Node thinks of a key's kind", async () => {
    const gpg = await createGpgHome();
    const key = join(site.folder, "offsite.asc");
    await writeFile(key, await gpg.export([await gpg.makeKey("cv25519")], "--armor"));
    await gpg.remove();
    await site.configure({ recipients: [key] });
    const running = start(site.command(), site.environment());
    expect(await running.ended).toBe(0);
    const warnings = running.lines.filter((line) => /warning/i.test(line));
    expect(warnings).toEqual([expect.stringContaining("BackupPC's record of merlin 1")]);
  });

  test("holds the tar against BackupPC's record, wherever BackupPC says that it is", async () => {
    const library = join(site.folder, "backuppc");
    await mkdir(join(library, "BackupPC"), { recursive: true });
    await mkdir(join(library, "top", "pc", "merlin"), { recursive: true });
    const module = `package BackupPC::Lib; sub new { bless {} } sub TopDir { '${library}/top' } 1;`;
    await writeFile(join(library, "BackupPC", "Lib.pm"), module);
    const record = "1\tfull\t1700000000\t1700000100\t1000\t4500000\n";
    await writeFile(join(library, "top", "pc", "merlin", "backups"), record);
    const script = await readFile(site.tarCreate, "utf8");
    const place = `\n: <<'LIBRARY'\nuse lib "${library}";\nLIBRARY\n`;
    await writeFile(site.tarCreate, script.replace("\n", place));
    const { status, lastLine } = await archive();
    expect(lastLine).toMatch(/^997 of the 1000 files in BackupPC's record are not in the tar/);
    expect(status).toBe(1);
    expect(await site.statuses()).toEqual(["incomplete"]);
  });

  test("asks the store for nothing but to put objects, and for a storage class for the chunks alone", async () => {
    await site.configure({ storageClass: "COLD_HDD" });
    const asked: string[] = [];
    site.fault = ({ method, key, headers }) => {
      const [top] = key.split("/");
      asked.push(`${method} ${top} ${String(headers["x-amz-storage-class"] ?? "its own")}`);
      return undefined;
    };
    expect((await archive()).status).toBe(0);
    const count = (what: string): number => asked.filter((one) => one === what).length;
    expect(count("PUT chunks COLD_HDD")).toBe(4);
    // The key, a claim twice, and eight witnesses.
    expect(count("PUT uploaders its own")).toBe(11);
    // started.json, KEY, members, manifest, sums, head and marker.
    expect(count("PUT archives its own")).toBe(7);
    expect(asked).toHaveLength(22);
  });

  test("asks for lock, encryption and tags of every object", async () => {
    await site.configure({
      serverSideEncryption: "AES256",
      "objectLock.mode": "GOVERNANCE",
      "objectLock.days": 30,
      "tags.of": "us",
    });
    const asked: string[] = [];
    site.fault = ({ headers }) => {
      const names = ["server-side-encryption", "object-lock-mode", "tagging"];
      const values = names.map((name) => String(headers[`x-amz-${name}`]));
      asked.push([...values, headers["content-md5"] === undefined].join(" "));
      return undefined;
    };
    expect((await archive()).status).toBe(0);
    expect(asked).toHaveLength(22);
    expect(new Set(asked)).toEqual(new Set(["AES256 GOVERNANCE of=us false"]));
  });

  test("stores, and locks for longer, below its prefix alone", async () => {
    const asked: string[] = [];
    site.fault = ({ operation, key }) => {
      asked.push(`${operation} ${key.split("/").slice(0, 2).join("/")}`);
      return undefined;
    };
    for (const days of [1, 90]) {
      const lock = { "objectLock.mode": "GOVERNANCE", "objectLock.days": days };
      await site.configure({ prefix: "backups/", ...lock });
      expect((await archive()).status).toBe(0);
    }
    expect(new Set(asked)).toEqual(
      new Set([
        "put backups/archives",
        "put backups/chunks",
        "put backups/uploaders",
        "retention backups/chunks",
      ]),
    );
    expect(asked.filter((one) => one === "retention backups/chunks")).toHaveLength(4);
    const store = withPrefix(site.store, "backups/");
    const archives = await openCatalog(store).list();
    // In whatever order: both may have begun in one second.
    expect(archives).toHaveLength(2);
    expect(archives).toContainEqual(expect.objectContaining({ chunks: 4, newChunks: 4 }));
    expect(archives).toContainEqual(expect.objectContaining({ chunks: 4, newChunks: 0 }));
    for (const { id } of archives) expect((await readArchive(store, id)).chunks).toHaveLength(4);
  });

  test("goes on with the temporary credentials that the configuration has when the first have expired", async () => {
    await site.configure({ sessionToken: "old" });
    const file = join(site.folder, "config.toml");
    const renewed = (await readFile(file, "utf8")).replace('"old"', '"new"');
    site.fault = ({ key, headers }) => {
      if (!key.includes("00000002") || headers["x-amz-security-token"] === "new") return undefined;
      writeFileSync(file, renewed);
      return new S3Failure(400, "ExpiredToken", "The provided token has expired.");
    };
    expect((await archive()).lastLine).toMatch(/^archived merlin 1: 4 chunks/);
  });

  test("counts what is stored but not confirmed: the put that comes again finds its own object", async () => {
    let lost = 0;
    site.fault = ({ key }) =>
      key.startsWith("archives/") && lost++ % 2 === 0 ? "lose-answer" : undefined;
    expect((await archive()).status).toBe(0);
    expect(lost).toBe(14);
    expect(await site.statuses()).toEqual(["complete"]);
  });

  test("stores in clear only when that is written out", async () => {
    await site.configure({ encryption: "none", passphrase: undefined });
    expect((await archive()).status).toBe(0);
    expect(await site.statuses()).toEqual(["complete"]);
  });
});

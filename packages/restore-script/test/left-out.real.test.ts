// The same where root may less than root, and with disks that are full.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Bench, type How, setUpBench } from "./bench.ts";
import { archiveForFullDisk } from "./full-disk.ts";
import { applet } from "./matrix.ts";
import type { Ended } from "./run-script.ts";

const run = promisify(execFile);
const NAMED = /not whole: .* \(To restore devices and .*be root of the machine itself/;
const MODES_LOST = /root may not set all modes of the files of others .*--output\.$/;
const TARS: readonly (readonly [string, How, RegExp, RegExp])[] = [
  ["GNU tar", {}, NAMED, NAMED],
  ["bsdtar", { programs: { tar: '#!/bin/sh\nexec bsdtar "$@"\n' } }, NAMED, NAMED],
  // It would have said nothing, and the program would be root's.
  [
    "busybox tar",
    { programs: { tar: applet("tar") } },
    /root may not give files to every user .*install GNU tar/,
    MODES_LOST,
  ],
];
/** Runs a script by a root who has the first 65,536 users alone, as in a container without rights. */
const NAMESPACE = `#!/bin/sh
mkfifo "$0.mapped"
unshare -U sh -c 'read -r _ <"$0"; exec sh "$@"' "$0.mapped" "$@" &
until [ "$(readlink /proc/$!/ns/user)" != "$(readlink /proc/self/ns/user)" ]; do sleep 0.1; done
for map in uid_map gid_map; do echo 0 0 65536 >/proc/$!/$map; done
echo >"$0.mapped"
wait $!
`;
let bench: Bench;

beforeAll(async () => {
  bench = await setUpBench();
  await run("mknod", [join(bench.tree, "device"), "c", "1", "3"]);
  await writeFile(join(bench.tree, "another's"), "#!/bin/sh\n");
  // GNU tar reads 256 KiB before it writes, so the end must be further away.
  await writeFile(join(bench.tree, "more"), randomBytes(600_000));
  await run("chown", ["4242:4343", join(bench.tree, "another's")]);
  await run("chmod", ["6755", join(bench.tree, "another's")]);
});
afterAll(async () => {
  await bench.tearDown();
});
beforeEach(async () => {
  await bench.startAfresh();
  await bench.archive({});
});

describe.each(TARS)("With %s", (_tar, how, ownersLost, modesLost) => {
  test("devices that root may not make are reported, with what helps", async () => {
    const ended = await restore({ ...how, shell: without("mknod") });
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(
      /not whole: .*device.*not permitted \(To restore devices and .*root/,
    );
  });

  test.each([
    ["in a container", without("chown")],
    ["in a user namespace", "unshare -r sh"],
  ])("owners that root may not set %s are reported, with what helps", async (_, shell) => {
    const ended = await restore({ ...how, shell });
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(ownersLost);
  });

  test("owners that a namespace has no number for are reported, with what helps", async () => {
    const tree = bench.path("strangers");
    await mkdir(tree);
    await writeFile(join(tree, "stranger's"), "");
    await run("chown", ["100000:100000", join(tree, "stranger's")]);
    await bench.archive({ tree });
    await writeFile(bench.path("namespace"), NAMESPACE, { mode: 0o755 });
    const ended = await restore({ ...how, shell: bench.path("namespace") });
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(ownersLost);
  });

  test.each([
    ["fowner", modesLost],
    // The system leaves the bit out, and says nothing.
    ["fsetid", MODES_LOST],
  ])("modes that root may not set without CAP_%s are reported", async (right, reported) => {
    const ended = await restore({ ...how, shell: without(right) });
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(reported);
  });

  test.each([
    "tar: removing leading",
    "setxattrat: Cannot set 'x'",
    "x: Cannot restore extended attributes: y",
    "x: Cannot restore extended attributes on this file system.",
    "x: Failed to set acl: access: y",
    "x can't be converted from UTF-8 to current locale.",
  ])("a device that is missing in a folder named %j is no warning", async (name) => {
    const tree = bench.path(name);
    const folder = join(tree, name);
    await mkdir(folder, { recursive: true });
    await run("mknod", [join(folder, "device"), "c", "1", "3"]);
    await bench.archive({ tree });
    expect(await restore({ ...how, shell: without("mknod") })).toMatchObject({ status: 1 });
  });

  test("as root of the machine, all comes back", async () => {
    expect(await restore(how)).toMatchObject({ status: 0 });
    const { stdout } = await run("stat", ["-c", "%a %u:%g", bench.path("restored/another's")]);
    expect(stdout).toBe("6755 4242:4343\n");
    await run("test", ["-c", bench.path("restored/device")]);
  });

  test("a disk that is full ends it soon", async () => {
    const chunks = await archiveForFullDisk(bench);
    await mkdir(bench.path("small"));
    await run("mount", ["-t", "tmpfs", "-o", "size=40k", "tmpfs", bench.path("small")]);
    try {
      const args = ["--ignore-space", "small"];
      const ended = await bench.run(args, how);
      expect(ended).toMatchObject({ status: 1 });
      expect(ended.lastLine).toMatch(/not whole: .*(No space left|Wrote only|[Ww]rite|short)/);
      expect(bench.server.requests.length).toBeLessThan(chunks * 0.75);
    } finally {
      await run("umount", [bench.path("small")]);
    }
  });
});

/** A shell whose root has all rights but one. */
function without(right: string): string {
  return `setpriv --bounding-set=-${right} --inh-caps=-${right} sh`;
}

async function restore(how: How): Promise<Ended> {
  return await bench.run(["--passphrase-file", bench.passphraseFile, "restored"], how);
}

import { execFileSync } from "node:child_process";
import { chmod, link, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { IndexedMember } from "@backuppc-archive-s3/archiver";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { compareMember } from "../../src/drill/compare-member.ts";
import { compareTree } from "../../src/drill/compare-tree.ts";
import { expectedMembers } from "../../src/drill/expected-members.ts";
import { indexed, stream } from "../members/indexed.ts";

let folder: string;
const TIME = 1_700_000_000;
const FILE = indexed("./etc/fstab", { size: 5, mtime: TIME, offset: 512 });
const LINK = indexed("./etc/link", { type: "1", size: 0, linkOffset: 512, offset: 1024 });
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "compare-"));
  onTestFinished(async () => await rm(folder, { recursive: true }));
  await mkdir(join(folder, "etc"), { mode: 0o755 });
  await writeFile(join(folder, "etc/fstab"), "hello", { mode: 0o644 });
  await utimes(join(folder, "etc/fstab"), TIME, TIME);
  await link(join(folder, "etc/fstab"), join(folder, "etc/link"));
  await symlink("fstab", join(folder, "etc/soft"));
});

const OWN = { owners: false };
const one = async (member: IndexedMember): Promise<string[]> =>
  await compareMember({ member }, folder, OWN);

describe("A member", () => {
  test("that was restored as archived has no difference", async () => {
    expect(await one(FILE)).toEqual([]);
    expect(await one(indexed("./etc/soft", { type: "2", size: 0 }))).toEqual([]);
    expect(await one(indexed("./etc/", { mode: 0o755 }))).toEqual([]);
    expect(await compareMember({ member: LINK, target: FILE }, folder, OWN)).toEqual([]);
  });

  test.each([
    [{ size: 6 }, "etc/fstab has the size 5, and 6 in the member index"],
    [{ mode: 0o4644 }, "etc/fstab has the mode 0644, and 4644 in the member index"],
    [{ mtime: TIME + 1 }, `etc/fstab has the time ${TIME}, and ${TIME + 1} in the member index`],
    [{ type: "2" }, "etc/fstab is a file, and a symbolic link in the member index"],
    [{ path: Buffer.from("./etc/gone") }, "etc/gone was not restored"],
  ])("of which the index has %j differs", async (changes, difference) => {
    expect(await one({ ...FILE, ...changes })).toEqual([difference]);
  });

  test("has an owner where root restores", async () => {
    const member = { ...FILE, uid: 4_000_000 };
    const found = await compareMember({ member }, folder, { owners: true });
    expect(found).toEqual([expect.stringMatching(/^etc\/fstab has the owner .*4000000:0 in the/)]);
    expect(await one(member)).toEqual([]);
  });

  test("with a time before 1970 is rounded down as tar does", async () => {
    execFileSync("touch", ["-d", "1969-12-31T23:59:58.5Z", join(folder, "etc/fstab")]);
    expect(await one({ ...FILE, mtime: -2 })).toEqual([]);
  });

  test("that is a copy in place of a hard link differs", async () => {
    await rm(join(folder, "etc/link"));
    await writeFile(join(folder, "etc/link"), "hello");
    const found = await compareMember({ member: LINK, target: FILE }, folder, OWN);
    expect(found).toEqual(["etc/link is no hard link to etc/fstab"]);
  });
});

describe("What is expected of chosen members", () => {
  test("has the targets of links, and of several members with one path the last", async () => {
    const later = { ...FILE, size: 9, offset: 4096 };
    const twin = indexed("etc/other", { size: 1, offset: 2048 });
    const all = [FILE, LINK, twin, { ...twin, offset: 2560, size: 2 }];
    const found = await expectedMembers([LINK, twin], stream(all));
    expect(found).toEqual([
      { member: FILE },
      { member: LINK, target: FILE },
      { member: { ...twin, offset: 2560, size: 2 } },
    ]);
    expect(await expectedMembers([FILE], stream([FILE, later]))).toEqual([{ member: later }]);
  });
});

describe("A tree", () => {
  const tree = async (...members: IndexedMember[]): ReturnType<typeof compareTree> =>
    await compareTree(() => stream(members), folder, OWN);
  const SOFT = indexed("./etc/soft", { type: "2", size: 0, offset: 2048 });

  test("that is as archived has no difference, whether folders have members or not", async () => {
    const whole = { members: 3, bytes: 5, differences: [] };
    expect(await tree(FILE, LINK, SOFT)).toEqual(whole);
    expect(await tree(FILE, { ...FILE, offset: 9216 }, LINK, SOFT)).toMatchObject({
      differences: [],
    });
  });

  test("has no more and no less than the index", async () => {
    const { differences } = await tree(FILE, SOFT, indexed("./etc/gone", { offset: 4096 }));
    expect(differences).toEqual(["etc/gone was not restored", "etc/link is in no member index"]);
  });

  test("may have names that are not UTF-8", async () => {
    const path = Buffer.from([0x2e, 0x2f, 0xff, 0x0a]);
    await writeFile(Buffer.concat([Buffer.from(`${folder}/`), path.subarray(2)]), "12");
    await chmod(Buffer.concat([Buffer.from(`${folder}/`), path.subarray(2)]), 0o600);
    const odd = { ...FILE, path, mode: 0o600, size: 2, offset: 8192 };
    const { differences } = await tree(FILE, LINK, SOFT, odd);
    expect(differences).toEqual([expect.stringMatching(/^\uFFFD\\u\{a\} has the time /)]);
  });
});

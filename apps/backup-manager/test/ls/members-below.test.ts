import type { IndexedMember } from "@backuppc-archive-s3/archiver";
import { describe, expect, test } from "vitest";
import { membersBelow } from "../../src/ls/members-below.ts";
import { indexed, stream } from "../members/indexed.ts";

const TREE = [
  "./",
  "./etc/",
  "./etc/ssh/",
  "./etc/ssh/sshd_config",
  "./etc/fstab",
  "./etcetera",
  "./home/ann/notes",
].map((path) => indexed(path));

async function names(path: string, recursive = false, tree: readonly IndexedMember[] = TREE) {
  return (await membersBelow(stream(tree), path, recursive))?.map(({ name }) => name);
}

describe("membersBelow", () => {
  test("lists what is directly in a folder, by name", async () => {
    expect(await names("etc")).toEqual(["etc/fstab", "etc/ssh"]);
    expect(await names("etc/ssh")).toEqual(["etc/ssh/sshd_config"]);
  });

  test("lists a folder that has no header of its own", async () => {
    expect(await names("")).toEqual(["etc", "etcetera", "home"]);
    const root = await membersBelow(stream(TREE), "", false);
    expect(root?.find(({ name }) => name === "home")?.member).toBeUndefined();
    expect(await names("home")).toEqual(["home/ann"]);
  });

  test("takes a folder's header wherever it stands", async () => {
    const late = [indexed("./etc/fstab"), indexed("./etc/")];
    const [etc] = (await membersBelow(stream(late), "", false)) ?? [];
    expect(etc?.member?.type).toBe("5");
  });

  test("lists all that is below with recursive", async () => {
    expect(await names("etc", true)).toEqual(["etc/fstab", "etc/ssh", "etc/ssh/sshd_config"]);
  });

  test("lists a file by itself", async () => {
    expect(await names("etc/fstab")).toEqual(["etc/fstab"]);
  });

  test("knows an empty folder from a path that is not there", async () => {
    expect(await names("etc/ssh", false, [indexed("./etc/ssh/")])).toEqual([]);
    expect(await names("etc/shh")).toBeUndefined();
    expect(await names("", false, [])).toEqual([]);
  });

  test("takes the last of several members with one name", async () => {
    const twice = [indexed("./a", { size: 1 }), indexed("./a", { size: 2 })];
    const found = await membersBelow(stream(twice), "", false);
    expect(found?.map(({ member }) => member?.size)).toEqual([2]);
  });
});

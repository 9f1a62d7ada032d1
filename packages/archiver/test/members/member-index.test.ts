import { spawnSync } from "node:child_process";
import { gunzipSync } from "node:zlib";
import type { Member } from "@backuppc-archive-s3/chunk-splitter";
import { describe, expect, test } from "vitest";
import { LinkTargets } from "../../src/members/link-targets.ts";
import { MemberIndex } from "../../src/members/member-index.ts";
import { memberLine } from "../../src/members/member-line.ts";

function member(path: string, changes: Partial<Member> = {}): Member {
  return {
    offset: 512,
    length: 1536,
    type: "0",
    mode: 0o644,
    uid: 1000,
    gid: 100,
    mtime: 1_700_000_000,
    size: 700,
    path: Buffer.from(path),
    ...changes,
  };
}

describe("memberLine", () => {
  test("has the fields parted by TAB, and the mode in octal", () => {
    expect(memberLine(member("./etc/passwd"), undefined).toString()).toBe(
      "512\t1536\t0\t0644\t1000\t100\t1700000000\t700\t-\t./etc/passwd\n",
    );
    expect(memberLine(member("./b", { type: "1", mode: 0o4755 }), 1024).toString()).toBe(
      "512\t1536\t1\t4755\t1000\t100\t1700000000\t700\t1024\t./b\n",
    );
  });

  test.each(["a\tb", "a\t5b", "a\n", "\\", "a\\nb", "a\\0115", "\n\t\\\t77"])(
    "escapes the path %j so that printf gives it back",
    (path) => {
      const line = memberLine(member(path), undefined).toString();
      const escaped = line.trimEnd().split("\t").at(-1) ?? "";
      expect(escaped).not.toMatch(/[\t\n]/);
      for (const shell of ["sh", "bash"]) {
        const { stdout } = spawnSync(shell, ["-c", 'printf %b "$1"', "sh", escaped]);
        expect(stdout.toString()).toBe(path);
      }
    },
  );

  test("takes the bytes of a path as they are", () => {
    const path = Buffer.of(0x61, 0xff, 0xfe, 0x0a);
    const line = memberLine({ ...member(""), path }, undefined);
    expect(line.subarray(line.lastIndexOf(9) + 1).toString("latin1")).toBe("aÿþ\\0012\n");
  });
});

describe("LinkTargets", () => {
  test("finds each of many paths, by whatever way it begins", () => {
    const targets = new LinkTargets();
    for (let number = 0; number < 50_000; number++) {
      targets.remember(Buffer.from(`./dir/${number}`), number * 512);
    }
    for (let number = 0; number < 50_000; number += 7) {
      expect(targets.find(Buffer.from(`dir/${number}`))).toBe(number * 512);
      expect(targets.find(Buffer.from(`/dir/${number}`))).toBe(number * 512);
      expect(targets.find(Buffer.from(`./dir/${number}x`))).toBeUndefined();
    }
  });

  test("knows the last member of a path, and no member further than it can count", () => {
    const targets = new LinkTargets();
    targets.remember(Buffer.from("a"), 0);
    targets.remember(Buffer.from("a"), 1024);
    targets.remember(Buffer.from("b"), 512 * 2 ** 32);
    expect(targets.find(Buffer.from("a"))).toBe(1024);
    expect(targets.find(Buffer.from("b"))).toBeUndefined();
  });
});

describe("MemberIndex", () => {
  test("stores parts of some MiB in order, and tells where a hard link points to", async () => {
    const stored: string[] = [];
    const index = new MemberIndex(async (part, gzipped) => {
      stored.push(gunzipSync(gzipped).toString());
      return `digest ${part}`;
    });
    index.add(member("./file", { offset: 0 }));
    index.add(member("./folder", { type: "5", offset: 512 }));
    index.add(member("./link", { type: "1", link: Buffer.from("./file"), offset: 1024 }));
    index.add(member("./lost", { type: "1", link: Buffer.from("./nowhere"), offset: 1536 }));
    index.add(member("./symbolic", { type: "2", link: Buffer.from("./file"), offset: 2048 }));
    for (let number = 0; number < 100_000; number++) {
      index.add(member(`./${number}/${"x".repeat(30)}`));
      await index.ready();
    }
    const digests = await index.finish();
    expect(digests).toEqual(["digest 1", "digest 2"]);
    expect(stored.map((text) => text.length > 3_000_000)).toEqual([true, true]);
    const lines = stored.join("").split("\n");
    expect(lines).toHaveLength(100_006);
    expect(lines.slice(0, 5).map((line) => line.split("\t")[8])).toEqual(["-", "-", "0", "-", "-"]);
  });

  test("stops the tar when a part could not be stored", async () => {
    const index = new MemberIndex(() => Promise.reject(new Error("no room")));
    const many = async (): Promise<void> => {
      for (let number = 0; number < 400_000; number++) {
        index.add(member(`./${number}/${"x".repeat(30)}`));
        await index.ready();
      }
    };
    await expect(many()).rejects.toThrow("no room");
    await expect(index.finish()).rejects.toThrow("no room");
  });

  test("stores nothing for a tar without members", async () => {
    const index = new MemberIndex(() => Promise.reject(new Error("stored")));
    expect(await index.finish()).toEqual([]);
  });
});

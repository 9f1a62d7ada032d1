import { fuzz } from "@backuppc-archive-s3/test-rig/fuzz";
import { expect, test } from "vitest";
import type { Member } from "../../src/index.ts";
import { TarReader } from "../../src/tar/tar-reader.ts";
import { END, header, member, padded, pax } from "../build-tar.ts";

/** Bytes of a piece: headers are torn apart, too. */
const PIECE = 700;
const LARGE = Buffer.from("800000000000000000000203", "hex");

const SAMPLES = [
  Buffer.concat([
    pax({ path: "a/b", size: "700", mtime: "3.75", "SCHILY.xattr.user.a": "x\n15 size=999999\ny" }),
    header({ path: "a", size: 1 }),
    padded(Buffer.alloc(700, "a")),
    member({ path: "d/", type: "5" }),
    member({ path: "c", prefix: "p" }, "abc"),
    END,
  ]),
  Buffer.concat([
    pax({ uid: "77", gid: "5", linkpath: "elsewhere" }, "g"),
    member({ path: "L", type: "L" }, `${"d".repeat(200)}\0`),
    member({ path: "K", type: "K" }, `${"e".repeat(200)}\0`),
    member({ path: "a", type: "2", link: "b" }),
    header({ path: "a", size: LARGE }),
    padded(Buffer.alloc(515)),
    END,
  ]),
  Buffer.concat([
    header({
      path: "sparse",
      type: "S",
      size: 512,
      raw: { 482: Uint8Array.of(1), 483: Buffer.from("00000200000\0") },
    }),
    Buffer.alloc(512),
    Buffer.alloc(512, "x"),
    END,
  ]),
];

/** Reads a tar in pieces, in no more steps than there are pieces and members. */
function read(tar: Uint8Array): { readonly members: Member[]; readonly ended: boolean } {
  const reader = new TarReader();
  const members: Member[] = [];
  let steps = 0;
  for (let from = 0; from < tar.length; from += PIECE) {
    const to = Math.min(tar.length, from + PIECE);
    for (let at = from; at < to;) {
      at = reader.read(tar, at, to);
      if (reader.member !== undefined) members.push(reader.member);
      steps++;
    }
  }
  reader.end();
  // One more where the tar ends, well or badly.
  expect(steps).toBeLessThanOrEqual(Math.ceil(tar.length / PIECE) + members.length + 1);
  expect(reader.position).toBe(tar.length);
  return { members, ended: reader.ended && reader.damagedAt === undefined };
}

test("The tar: whatever the stream is, members side by side, or where it is no tar any more", async ({
  task,
}) => {
  const tally = await fuzz({
    samples: SAMPLES,
    parse: (tar) => {
      const { members, ended } = read(tar);
      let end = 0;
      for (const { offset, length, size, mode, uid, gid, mtime } of members) {
        expect(offset).toBe(end);
        expect(length % 512).toBe(0);
        for (const number of [size, mode]) expect(number).toBeGreaterThanOrEqual(0);
        expect([size, length, uid, gid, mtime].every(Number.isSafeInteger)).toBe(true);
        end = offset + length;
      }
      return ended ? members : undefined;
    },
    refusals: [],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "tar (ustar, pax, GNU)", ...tally } });
});

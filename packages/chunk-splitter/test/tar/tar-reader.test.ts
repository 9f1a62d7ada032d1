import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { END, header, member, padded, pax } from "../build-tar.ts";
import { cut } from "../cut.ts";
import { listByTar, listOf, run } from "../list-tar.ts";
import { makeOddTree } from "../odd-tree.ts";
import { noise } from "../trees.ts";

let tree: string;
beforeAll(async () => {
  tree = await makeOddTree();
});
afterAll(async () => await rm(tree, { recursive: true, force: true }));

/** Members of a tar that ends as it should; they leave no byte of it out. */
async function membersOf(tar: Uint8Array): Promise<string[]> {
  const { members, count } = await cut(tar, { pieces: [10_240, 1, 700] });
  expect(count).toMatchObject({ ended: true, damagedAt: undefined, members: members.length });
  let end = 0;
  for (const { offset, length } of members) {
    expect(offset).toBe(end);
    end += length;
  }
  expect(Buffer.from(tar.subarray(end)).every((byte) => byte === 0)).toBe(true);
  return listOf(members);
}

describe("The members of an odd tree", () => {
  test.each([
    ["gnu"],
    ["pax"],
    ["ustar"],
    ["v7"],
    ["oldgnu"],
    ["gnu", "--sparse"],
    ["pax", "--sparse", "--sparse-version=0.0"],
    ["pax", "--sparse", "--sparse-version=0.1"],
    ["pax", "--sparse", "--sparse-version=1.0"],
    ["gnu", "--label=a volume's name"],
    ["pax", "--pax-option=comment=for all,hdrcharset=BINARY"],
  ])("are those that GNU tar lists (%j)", async (...options) => {
    const [format = "", ...more] = options;
    const args = ["--create", `--format=${format}`, "--sort=name", ...more, "--file=-", "."];
    const tar = await run("tar", args, { cwd: tree });
    const list = (await membersOf(tar)).map((line) => line.replace(/^\?/, "V"));
    expect(list).toEqual((await listByTar(tar)).map((line) => line.replace(/--Volume.*$/, "")));
    expect(list.length).toBeGreaterThan(20);
  });

  test.each(["gnutar", "pax", "ustar", "v7"])(
    "are those of a tar that bsdtar wrote (%s)",
    async (format) => {
      const args = ["--create", `--format=${format}`, "--file", "-", "."];
      const tar = await run("bsdtar", args, { cwd: tree });
      expect(await membersOf(tar)).toEqual(await listByTar(tar));
    },
  );
});

describe("A tar that a stranger's files made", () => {
  const long = `${"d".repeat(97)}/${"e".repeat(60)}`;
  const cutName = { path: long.slice(0, 99) };
  const latin = Buffer.from(`${long}\u00e9`, "latin1");
  const GLOBAL = pax({ path: "for all", uid: "77" }, "g");
  const large = Buffer.alloc(3_000_000, "x\n15 size=999999\ny");

  test.each<[string, Uint8Array[]]>([
    [
      "a path with a slash where the header's name ends",
      [pax({ path: long }), member(cutName, "abc")],
    ],
    ["such a path that is not UTF-8", [pax({ path: latin }), member(cutName, "abc")]],
    ["such a path with a line feed", [pax({ path: `${long}\n` }), member(cutName, "abc")]],
    [
      "a value that looks like a size",
      [pax({ "SCHILY.xattr.user.a": "x\n15 size=999999\ny" }), member({ path: "a" }, "abc")],
    ],
    [
      "a value that looks like a path",
      [pax({ "SCHILY.xattr.user.a": "x\n14 path=evil/\ny" }), member({ path: "a" }, "abc")],
    ],
    [
      "a key that looks like a record",
      [pax({ "a\n9 size=1\n": "b" }), member({ path: "a" }, "abc")],
    ],
    [
      "a size of its own",
      [pax({ size: "700" }), header({ path: "a", size: 1 }), padded(Buffer.alloc(700, "a"))],
    ],
    [
      "an owner and a time",
      [pax({ uid: "123456789", gid: "5", mtime: "3.75" }), member({ path: "a" }, "b")],
    ],
    [
      "the last moment of a second",
      [pax({ mtime: "1764433999.999999999" }), member({ path: "a" }, "b")],
    ],
    ["a record twice", [pax({ path: "one" }), pax({ path: "two" }), member({ path: "a" }, "b")]],
    [
      "what one member's header says only",
      [pax({ path: "one" }), member({ path: "a" }), member({ path: "b" })],
    ],
    [
      "what holds for all",
      [GLOBAL, member({ path: "a" }, "b"), pax({ uid: "5" }), member({ path: "b" })],
    ],
    [
      "GNU's long name and link",
      [
        member({ path: "L", type: "L" }, `${long}\0`),
        member({ path: "K", type: "K" }, `${long}2\0`),
        member({ path: "a", type: "2", link: "b" }),
      ],
    ],
    [
      "a long name and a pax path",
      [member({ path: "L", type: "L" }, "long\0"), pax({ path: "pax" }), member({ path: "a" })],
    ],
    ["a prefix", [member({ path: "a", prefix: "b/c" }, "d")]],
    [
      "GNU's magic, which has no prefix",
      [member({ path: "a", magic: "ustar  \0", prefix: "00000" }, "d")],
    ],
    [
      "a size in base 256",
      [
        header({ path: "a", size: Buffer.from("800000000000000000000203", "hex") }),
        padded(Buffer.alloc(515)),
      ],
    ],
    [
      "all twelve digits of a size",
      [header({ path: "a", size: Buffer.from("000000000012") }), padded(Buffer.alloc(10))],
    ],
    [
      "a folder of an old tar",
      [
        member({ path: "a/", type: "\0", magic: "" }),
        member({ path: "b", type: "\0", magic: "" }, "b"),
      ],
    ],
    [
      "a hard link that states its file's size",
      [header({ path: "a", type: "1", link: "b", size: 5000 }), member({ path: "c" }, "d")],
    ],
    ["records of none", [pax({}), member({ path: "a" }, "abc")]],
    [
      "an attribute with a long name",
      [pax({ [`SCHILY.xattr.user.${"n".repeat(100)}`]: "v", path: "b" }), member({ path: "a" })],
    ],
    [
      "a folder that states a size",
      [header({ path: "a/", type: "5", size: 4096 }), member({ path: "c" }, "d")],
    ],
  ])("has the members that GNU tar lists, with %s", async (_, parts) => {
    const tar = Buffer.concat([...parts, END]);
    const listed = await listByTar(tar);
    expect(listed.length).toBeGreaterThan(0);
    // Tar shows the size that such a header states; nothing of it is in the tar.
    const without = listed.map((line) => line.replace(/^([dh]\S+ \S+) \d+/, "$1 0"));
    expect(await membersOf(tar)).toEqual(without);
  });

  test("passes attributes of more than a chunk, and takes the path and size that stand behind them", async () => {
    const records = { "SCHILY.xattr.user.a": large, path: latin, size: "700" };
    const tar = [pax(records), header({ path: cutName.path }), padded(Buffer.alloc(700, "a"))];
    const { members, count, chunks } = await cut(
      Buffer.concat([member({ path: "b" }), ...tar, END]),
    );
    expect(count).toMatchObject({ members: 2, bytes: 700, ended: true, damagedAt: undefined });
    expect(Buffer.from(members[1]?.path ?? []).equals(latin)).toBe(true);
    expect(members[1]).toMatchObject({ offset: 512, size: 700 });
    expect(Math.max(...chunks.map(({ length }) => length))).toBe(131_072);
  });

  test.each<[string, Uint8Array]>([
    ["GNU's long name", member({ path: "L", type: "L" }, Buffer.alloc(1_048_577, "n"))],
    ["pax", pax({ path: Buffer.alloc(1_048_577, "n") })],
  ])(
    "keeps its header's path where a longer one has more than a MiB, by %s",
    async (_, extension) => {
      const { members, count } = await cut(
        Buffer.concat([extension, member({ path: "a" }, "b"), END]),
      );
      expect(members.map(({ path }) => Buffer.from(path).toString())).toEqual(["a"]);
      expect(count).toMatchObject({ ended: true, damagedAt: undefined });
    },
  );

  test("has an owner without a number where there is none in its header", async () => {
    const raw = { 108: Buffer.from("nobody\0\0") };
    const { members } = await cut(Buffer.concat([member({ path: "a", uid: 5, raw }), END]));
    expect(members).toMatchObject([{ uid: 0 }]);
  });

  test.each([
    ["no length", "path=evil\n"],
    ["a length beyond its end", "99 path=evil\n"],
    ["a length of zero", "0 path=evil\n"],
    ["a length within the key", "6 path=evil\n"],
    ["no line feed at its end", "12 path=evil?"],
    ["a length with too many digits", "0000000000000000013 path=evil\n"],
    ["a length that is no number", "1x path=evil\n"],
  ])("reads on behind a record with %s, and takes nothing from it", async (_, content) => {
    const broken = member({ path: "x", type: "x" }, content);
    const tar = Buffer.concat([broken, member({ path: "a" }, "abc"), member({ path: "b" }), END]);
    const { members, count } = await cut(tar);
    expect(members.map(({ path }) => Buffer.from(path).toString())).toEqual(["a", "b"]);
    expect(count).toMatchObject({ ended: true, damagedAt: undefined });
  });
});

describe("A stream that is no tar from some place on", () => {
  const file = member({ path: "a" }, "abc");
  const other = member({ path: "b" }, "abc");

  test.each<[string, Uint8Array[], number]>([
    ["at its beginning", [Buffer.alloc(5000, "text")], 0],
    ["at its beginning, and shorter than a block", [Buffer.from("text")], 0],
    ["behind a member", [file, Buffer.alloc(5000, "x")], 1024],
    ["in the middle of a header", [file, other.subarray(0, 300)], 1024],
    ["behind a lone block of zeros", [file, Buffer.alloc(512), other, END], 1536],
    [
      "where a size is no number",
      [file, header({ path: "a", size: Buffer.from("notanumber!!") }), END],
      1024,
    ],
    [
      "where the size of records is no number",
      [file, header({ path: "x", type: "x", size: Buffer.from("notanumber!!") }), other, END],
      1024,
    ],
    ["where a size is negative", [header({ path: "a", size: Buffer.alloc(12, 255) }), END], 0],
    [
      "where a size is beyond all numbers",
      [header({ path: "a", size: Buffer.from("80ffffffffffffffffffffff", "hex") }), END],
      0,
    ],
  ])("is reported: %s", async (_, parts, damagedAt) => {
    const { count } = await cut(Buffer.concat(parts));
    expect(count).toMatchObject({ ended: false, damagedAt });
  });

  test.each([0, 512, 700, 1024, 1536])(
    "has no end when it was cut after %i bytes",
    async (length) => {
      const tar = Buffer.concat([file, END]).subarray(0, length);
      expect((await cut(tar)).count).toMatchObject({ ended: false, damagedAt: undefined });
    },
  );

  test("is cut by its content from there, so that what is put in moves few cuts", async () => {
    const junk = noise(3_000_000, 1);
    const [one, two] = [
      await cut(Buffer.concat([file, junk])),
      await cut(Buffer.concat([file, noise(777, 2), junk])),
    ];
    const behind = two.offsets.map((offset) => offset - 777);
    const shared = one.offsets.filter((offset) => behind.includes(offset));
    expect(shared.length).toBeGreaterThan(one.offsets.length - 4);
  });
});

test("Files are counted without folders, hard links among them", async () => {
  const tar = Buffer.concat([
    member({ path: "d/", type: "5" }),
    member({ path: "d/a" }, "abc"),
    member({ path: "d/b", type: "1", link: "d/a" }),
    member({ path: "d/c", type: "2", link: "a" }),
    END,
  ]);
  const { count, members } = await cut(tar);
  expect(count).toMatchObject({ members: 4, files: 3, hardLinks: 1, bytes: 3 });
  expect(members.map(({ link }) => link && Buffer.from(link).toString())).toEqual([
    undefined,
    undefined,
    "d/a",
    "a",
  ]);
});

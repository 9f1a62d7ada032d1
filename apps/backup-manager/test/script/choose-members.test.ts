import { describe, expect, test } from "vitest";
import { chooseMembers } from "../../src/script/choose-members.ts";
import { indexName } from "../../src/script/index-name.ts";
import { indexed, stream } from "../members/indexed.ts";

const LATIN = Buffer.from("./caf\xe9", "latin1");
/** Each takes 1024 bytes of the tar. */
const TREE = [
  indexed("./"),
  indexed("./etc/"),
  indexed("./etc/fstab"),
  indexed("./etc/hosts"),
  indexed("./etc/link", { type: "1", linkOffset: 2048 }),
  indexed("./home/ann/a\nb"),
  { ...indexed(""), path: LATIN },
].map((member, at) => ({ ...member, offset: at * 1024, length: 1024 }));
/** Of 1500 bytes. */
const CHUNKS = [0, 1, 2, 3, 4].map((at) => ({
  name: String(at),
  tarOffset: at * 1500,
  tarLength: 1500,
  storedLength: 1,
  sha256: "",
}));

async function chosen(...paths: string[]): Promise<{ names: string[]; chunks: number[] }> {
  const { names, chunks } = await chooseMembers(paths, CHUNKS, () => stream(TREE));
  return { names: [...names], chunks: [...chunks].toSorted((one, other) => one - other) };
}

describe("chooseMembers", () => {
  test.each([
    [["/etc/fstab"], ["etc/fstab"], [1, 2]],
    [["etc/"], ["etc"], [0, 1, 2, 3]],
    [["./etc/hosts", "etc/hosts"], ["etc/hosts"], [2]],
    // What the link leads to belongs to it.
    [["etc/link"], ["etc/link"], [1, 2, 3]],
    [["*s"], ["etc/hosts"], [2]],
    [["home"], ["home"], [3, 4]],
    [["home/*/a?b"], ["home/ann/a\\0012b"], [3, 4]],
    [["caf?"], ["caf\\0351"], [4]],
  ])("of %j takes the names %j and the chunks %j", async (paths, names, chunks) => {
    expect(await chosen(...paths)).toEqual({ names, chunks });
  });

  test("/ is all", async () => {
    expect(await chosen("/")).toEqual({ names: [""], chunks: [0, 1, 2, 3, 4] });
  });

  test("a name that is not there is reported with the nearest ones", async () => {
    await expect(chosen("etc/hosts", "etc/fstabb")).rejects.toMatchObject({
      code: "no-such-member",
      message: "the archive has no etc/fstabb",
      hint: "Did you mean etc/fstab?",
    });
  });
});

test("names are written as the script looks them up", () => {
  expect(indexName(Buffer.from("./a\\b\tc\u{1b}/é/"))).toBe("a\\\\b\\0011c\\0033/é");
  expect(indexName(Buffer.from("./\xe9", "latin1"))).toBe("\\0351");
});

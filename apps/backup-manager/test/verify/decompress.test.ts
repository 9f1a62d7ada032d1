import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { decompress } from "../../src/verify/decompress.ts";

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  let text = "";
  for await (const piece of bytes) text += Buffer.from(piece).toString();
  return text;
}

test("gzip is run by its suffix, and none runs nothing", async () => {
  const zipped = once(gzipSync("hello"));
  expect(await textOf(decompress(zipped, { name: "pigz", suffix: ".gz" }, []))).toBe("hello");
  const plain = once(Buffer.from("hello"));
  expect(await textOf(decompress(plain, { name: "none", suffix: "" }, []))).toBe("hello");
});

test("no program runs because an archive says so", () => {
  const perl = { name: "perl", suffix: ".x" };
  expect(() => decompress(once(Buffer.from("system('id')")), perl, [])).toThrow(
    "neither known nor allowed",
  );
});

test("a filter of the configuration runs by its whole path", async () => {
  const cat = decompress(once(Buffer.from("x")), { name: "false", suffix: ".x" }, ["/bin/false"]);
  await expect(textOf(cat)).rejects.toThrow("/bin/false: status 1");
});

import { expect, test } from "vitest";
import { linkTargets } from "../../src/members/link-targets.ts";
import { indexed, stream } from "./indexed.ts";

const FILE = indexed("./etc/passwd", { offset: 512 });
const LINK = indexed("./etc/link", { type: "1", offset: 2048, linkOffset: 512 });

test("the index is read again for what hard links lead to, and only if there is one", async () => {
  let reads = 0;
  const read = () => {
    reads += 1;
    return stream([FILE, LINK]);
  };
  expect(await linkTargets([FILE, indexed("./a", { type: "1" })], read)).toEqual(new Map());
  expect(reads).toBe(0);
  expect(await linkTargets([LINK], read)).toEqual(new Map([[512, "etc/passwd"]]));
  expect(reads).toBe(1);
});

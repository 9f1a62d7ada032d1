import { expect, test } from "vitest";
import { nearestNames } from "../../src/ls/nearest-names.ts";
import { indexed, stream } from "../members/indexed.ts";

const TREE = ["./", "./etc/", "./etc/fstab", "./etc/fstab.d/", "./home/ann/fstabb", "./x"].map(
  (path) => indexed(path),
);

test("names with a few other letters are near, and the same name elsewhere", async () => {
  expect(await nearestNames(stream(TREE), "etc/fstabb")).toEqual([
    "etc/fstab",
    "etc/fstab.d",
    "home/ann/fstabb",
  ]);
});

test("what is far from every name has no near ones", async () => {
  expect(await nearestNames(stream(TREE), "var/lib/postgresql")).toEqual([]);
});

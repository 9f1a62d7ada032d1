import { runReadmeExample } from "@backuppc-archive-s3/test-rig";
import { expect, test } from "vitest";
import { bytesBody, createS3, withRetry } from "../src/index.ts";
import { embeddedStore } from "./embedded-store.ts";

const { location } = await embeddedStore();

test("The README's example stores, lists and presigns", async () => {
  const lines: string[] = [];
  const names = { bytesBody, createS3, withRetry, location, lines };
  await runReadmeExample(new URL("../README.md", import.meta.url), names);
  expect(lines).toEqual(["hello.txt: 5 bytes", "hello"]);
});

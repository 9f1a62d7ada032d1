import { runReadmeExample } from "@backuppc-archive-s3/test-rig";
import { expect, test } from "vitest";
import { bytesBody, createS3, withPrefix, withPresignerPrefix, withRetry } from "../src/index.ts";
import { embeddedStore } from "./embedded-store.ts";

const { location } = await embeddedStore();
const README = new URL("../README.md", import.meta.url);

test("The README's example stores, lists and presigns", async () => {
  const lines: string[] = [];
  const names = { bytesBody, createS3, withRetry, location, lines };
  await runReadmeExample(README, names);
  expect(lines).toEqual(["hello.txt: 5 bytes", "hello"]);
});

test("The README's example of a prefix shows keys without it, and URLs with it", async () => {
  const lines: string[] = [];
  const names = { bytesBody, createS3, withPrefix, withPresignerPrefix, location, lines };
  await runReadmeExample(README, names, "withPresignerPrefix");
  expect(lines).toEqual(["hello.txt", `/${location.bucket}/site-a/hello.txt`]);
});

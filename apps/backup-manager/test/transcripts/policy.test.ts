import { beforeAll, expect, test } from "vitest";
import { type ShellSite, shellSite } from "./shell-site.ts";

let site: ShellSite;
beforeAll(async () => {
  site = await shellSite();
});

test("an uploader may store archives of the configured prefix, and nothing else", async () => {
  expect(await site.shell("backup-manager policy uploader")).toMatchInlineSnapshot();
});

test("a manager lists, reads and deletes", async () => {
  expect((await site.shell("backup-manager policy manager")).stdout).toMatchInlineSnapshot();
});

test("a signer lists and reads", async () => {
  expect((await site.shell("backup-manager policy signer")).stdout).toMatchInlineSnapshot();
});

import { bytesBody } from "@backuppc-archive-s3/s3-transport";
import { beforeAll, expect, test } from "vitest";
import { gcJsonSchema } from "../../src/gc/gc-json.ts";
import { archiveOfTwo } from "../archive-of-two.ts";
import { attemptOf } from "../sealed-archive.ts";
import { type ShellSite, shellSite } from "./shell-site.ts";

let site: ShellSite;
beforeAll(async () => {
  site = await shellSite();
  const { store, catalog } = site;
  await archiveOfTwo(store, catalog, { host: "gandalf", number: 7, attempt: attemptOf(9) });
  const young = { host: "gandalf", number: 8, attempt: attemptOf(0) };
  await archiveOfTwo(store, catalog, young, { committed: false });
  await store.put("site-a/chunks/of nobody", bytesBody(Buffer.from("stray")));
});

test("what may still be written is left alone", async () => {
  expect(await site.shell("backup-manager gc")).toMatchInlineSnapshot(`
    {
      "status": 0,
      "stderr": "backup-manager: left alone, since no archive has such a key: site-a/chunks/of nobody
    ",
      "stdout": "0 B deleted; 1 unfinalized archive may still be written
    ",
    }
  `);
  expect(await site.catalog.list()).toHaveLength(2);
});

test("programs get JSON", async () => {
  const { stdout, status } = await site.shell("backup-manager gc --json --test");
  expect(status).toBe(0);
  expect(gcJsonSchema.parse(JSON.parse(stdout))).toEqual({
    format: 1,
    test: true,
    garbage: [],
    spared: 1,
  });
});

test("an archive that is younger than a day is never asked for", async () => {
  const { stderr, status } = await site.shell("backup-manager gc --age 0");
  expect(stderr).toContain("gc takes no archive that is younger than a day");
  expect(status).toBe(2);
});

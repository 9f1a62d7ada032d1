import { bytesBody } from "@backuppc-archive-s3/s3-transport";
import { beforeAll, expect, test } from "vitest";
import { gcJsonSchema } from "../../src/gc/gc-json.ts";
import { attemptOf } from "../store-archive.ts";
import { type ShellSite, shellSite } from "./shell-site.ts";

let site: ShellSite;
beforeAll(async () => {
  site = await shellSite();
  await site.archive({ host: "gandalf", number: 7, attempt: attemptOf(12) });
  await site.archive({ host: "gandalf", number: 8, attempt: attemptOf(12) }, { without: "head" });
  await site.aged(12);
  await site.archive({ host: "gandalf", number: 9, attempt: attemptOf(0) }, { without: "head" });
  await site.store.put("chunks/of nobody", bytesBody(Buffer.from("unknown")));
});

function masked(text: string): string {
  return text.replaceAll(/\d+(\.\d)? k?B/g, "SIZE");
}

test("--test deletes nothing, and programs get JSON", async () => {
  const { stdout, status } = await site.shell("backup-manager gc --json --test");
  expect(status).toBe(0);
  const { hosts, test: isTest } = gcJsonSchema.parse(JSON.parse(stdout));
  expect(isTest).toBe(true);
  expect(hosts).toMatchObject([
    {
      host: "gandalf",
      immediate: false,
      chunks: 2,
      attempts: [{ number: 8, reason: "broken-off" }],
      removed: null,
    },
  ]);
  expect(await site.catalog.list()).toHaveLength(3);
});

test("what an interrupted run left is deleted, and what may be of a running one is left alone", async () => {
  const { stdout, stderr, status } = await site.shell("backup-manager gc");
  expect({ stdout: masked(stdout), stderr, status }).toMatchInlineSnapshot(`
    {
      "status": 0,
      "stderr": "backup-manager: left alone, not created by this program: chunks/of nobody
    ",
      "stdout": "Hostname  Chunks  Attempts   Size  Left
    gandalf        2         1  SIZE  SIZE may be of a running archive
    SIZE of 1 host deleted
    ",
    }
  `);
  expect((await site.catalog.list()).map(({ id }) => id.number)).toEqual([7, 9]);
  expect((await site.shell("backup-manager verify")).status).toBe(0);
});

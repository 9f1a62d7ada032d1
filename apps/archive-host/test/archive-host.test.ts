// What goes well, whatever the store does on the way; what fails is in failures.test.ts.
import { writeFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createGpgHome, S3Failure } from "@backuppc-archive-s3/test-rig";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSite, type Site, start } from "./site.ts";

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(async () => await site.close());

async function archive(): Promise<{ status: unknown; lastLine: string | undefined }> {
  const running = start(site.command(), site.environment());
  const status = await running.ended;
  return { status, lastLine: running.lines.at(-1) };
}

describe("archive-host", () => {
  test("archives, tells what it stored, and leaves nothing in the working directory", async () => {
    const { status, lastLine } = await archive();
    expect(lastLine).toMatch(/^archived merlin 1: 5 chunks, 4\.5 MB of tar, 4\.5 MB stored$/);
    expect(status).toBe(0);
    expect(await site.statuses()).toEqual(["complete"]);
    expect(await site.leftBehind()).toEqual(new Map());
  });

  test("says nothing of what Node thinks of a key's kind", async () => {
    const gpg = await createGpgHome();
    const key = join(site.folder, "offsite.asc");
    await writeFile(key, await gpg.export([await gpg.makeKey("cv25519")], "--armor"));
    await gpg.remove();
    await site.configure({ recipients: [key] });
    const running = start(site.command(), site.environment());
    expect(await running.ended).toBe(0);
    expect(running.lines.filter((line) => /warning/i.test(line))).toEqual([]);
  });

  test("asks the store for nothing but to put objects, and for a storage class for the chunks alone", async () => {
    await site.configure({ storageClass: "COLD_HDD" });
    const asked: string[] = [];
    site.fault = ({ method, key, headers }) => {
      const [top] = key.split("/");
      asked.push(`${method} ${top} ${String(headers["x-amz-storage-class"] ?? "its own")}`);
      return undefined;
    };
    expect((await archive()).status).toBe(0);
    const json = "PUT archives its own";
    const chunks = Array.from({ length: 5 }, () => "PUT chunks COLD_HDD");
    expect(asked).toEqual([json, ...chunks, json, json, json]);
  });

  test("asks for lock, encryption and tags of every object", async () => {
    await site.configure({
      serverSideEncryption: "AES256",
      "objectLock.mode": "GOVERNANCE",
      "objectLock.days": 30,
      "tags.of": "us",
    });
    const asked: string[] = [];
    site.fault = ({ headers }) => {
      const names = ["server-side-encryption", "object-lock-mode", "tagging"];
      const values = names.map((name) => String(headers[`x-amz-${name}`]));
      asked.push([...values, headers["content-md5"] === undefined].join(" "));
      return undefined;
    };
    expect((await archive()).status).toBe(0);
    expect(asked).toHaveLength(9);
    expect(new Set(asked)).toEqual(new Set(["AES256 GOVERNANCE of=us false"]));
  });

  test("goes on with the temporary credentials that the configuration has when the first have expired", async () => {
    await site.configure({ sessionToken: "old" });
    const file = join(site.folder, "config.toml");
    const renewed = (await readFile(file, "utf8")).replace('"old"', '"new"');
    site.fault = ({ key, headers }) => {
      if (!key.includes("00000002") || headers["x-amz-security-token"] === "new") return undefined;
      writeFileSync(file, renewed);
      return new S3Failure(400, "ExpiredToken", "The provided token has expired.");
    };
    expect((await archive()).lastLine).toMatch(/^archived merlin 1: 5 chunks/);
  });

  test("counts what is stored but not confirmed: the put that comes again finds its own object", async () => {
    let lost = 0;
    site.fault = ({ key }) =>
      key.startsWith("archives/") && lost++ % 2 === 0 ? "lose-answer" : undefined;
    expect((await archive()).status).toBe(0);
    expect(lost).toBe(8);
    expect(await site.statuses()).toEqual(["complete"]);
  });

  test("stores in clear only when that is written out", async () => {
    await site.configure({ encryption: "none", passphrase: undefined });
    expect((await archive()).status).toBe(0);
    expect(await site.statuses()).toEqual(["complete"]);
  });
});

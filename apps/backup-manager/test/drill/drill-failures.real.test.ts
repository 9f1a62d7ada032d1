// How drills fail on Ceph RGW: what is said, the exit status, and what is kept of it.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { UrlSigner } from "@backuppc-archive-s3/s3-transport";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import type { DrillInvocation } from "../../src/drill/command.ts";
import { drill } from "../../src/drill/drill.ts";
import { openSite } from "../../src/open-site.ts";
import type { Site } from "../../src/site.ts";
import { recordingOutput } from "../recording-output.ts";
import { type DrillSite, openDrillSite } from "./drill-site.ts";

let site: DrillSite;
beforeEach(async () => {
  site = await openDrillSite(inject("store"));
  await site.archive("gandalf", 1);
  const { status, stderr } = await site.manage(["drill"]);
  if (status !== 0) throw new Error(stderr);
});
afterEach(async () => await site.close());

const DRILL = ["drill", "-H", "gandalf"];

/** One line, since a point matches no line feed. */
function failed(status: number, reason: RegExp): object {
  const line = new RegExp(`^gandalf 1: .*(?:${reason.source}).*$`);
  return expect.objectContaining({ status, stderr: expect.stringMatching(line) });
}

/** What the host's file has afterwards: why the last drill failed, and the one that succeeded before. */
function kept(reason: RegExp): object {
  return expect.objectContaining({
    last: expect.objectContaining({ result: "failed", reason: expect.stringMatching(reason) }),
    proven: expect.objectContaining({ result: "proven", reason: null }),
  });
}

describe("A drill fails", () => {
  test("on a damaged chunk, with status 13", async () => {
    for (const key of await site.keys(/^chunks\//)) await site.damage(key);
    const reason =
      /the restore script failed: .*\.gpg\): the store returns other bytes than were archived .* The chunk is damaged or was replaced/;
    expect(await site.manage(DRILL)).toEqual(failed(13, reason));
    expect(await site.drills("gandalf")).toEqual(kept(reason));
    // Lists do not show it: the drill is what the night finds it by.
    const night = ["nightly", "--directory", site.folder, "--drill", "1"];
    const { status, stdout } = await site.manage(night);
    expect(status).toBe(13);
    expect(stdout).toMatch(/^What to do .*:\n- Find out why a drill failed\. \(gandalf\)\n\n/);
    expect(stdout).toMatch(/\ngandalf .* other bytes .* backup-manager drill -H gandalf\n$/);
  });

  test("on a damaged member index, with status 13", async () => {
    const [index = ""] = await site.keys(/members\.0001/);
    await site.damage(index);
    expect(await site.manage(DRILL)).toEqual(failed(13, /members\.0001.* (digest|SHA-256)/));
    expect(await site.drills("gandalf")).toEqual(kept(/members\.0001.* (digest|SHA-256)/));
  });

  test("on a wrong passphrase, with status 1", async () => {
    await writeFile(join(site.folder, "passphrase"), "another one\n");
    const reason =
      /it cannot be decrypted: the passphrase does not open its data key\. Check the passphrase/;
    expect(await site.manage(DRILL)).toEqual(failed(1, reason));
    expect(await site.drills("gandalf")).toEqual(kept(reason));
  });

  test.each([
    ["tar", /the restore script failed: tar was not found/],
    ["gpg", /the restore script failed: gpg was not found: it must decrypt the chunks/],
  ])("without %s, with status 1", async (name, reason) => {
    const hidden = name === "gpg" ? ["gpg", "gpg1", "gpg2"] : [name];
    const PATH = await site.pathWith({}, hidden);
    expect(await site.manage(DRILL, { PATH })).toEqual(failed(1, reason));
    expect(await site.drills("gandalf")).toEqual(kept(reason));
  });

  test("without curl and wget, with status 1", async () => {
    const PATH = await site.pathWith({}, ["curl", "wget"]);
    const reason = /Neither curl nor wget was found: one of them must fetch the chunks/;
    expect(await site.manage(DRILL, { PATH })).toEqual(failed(1, reason));
    expect(await site.drills("gandalf")).toEqual(kept(reason));
  });

  test("if the URLs have expired, with status 1", async () => {
    const output = recordingOutput();
    const opened = await openSite(site.config, {}, (line) => output.note(line));
    const late: Site["open"] = async (id) => {
      const { presigner, ...rest } = await opened.open(id);
      const presignAll = async (): Promise<UrlSigner> => {
        const signer = await presigner.presignAll(1);
        await sleep(2500);
        // The script believes it has time, as under a clock that is behind.
        return { ...signer, expires: new Date(Date.now() + 3_600_000) };
      };
      return { ...rest, presigner: { ...presigner, presignAll } };
    };
    const common = { config: undefined, json: false, quiet: true, test: false, list: false };
    const few = { sample: 3, largest: 1e9, full: undefined };
    const asked: DrillInvocation = {
      ...common,
      ...few,
      target: { host: "gandalf", number: undefined, attempt: undefined },
      againstBackuppc: false,
      sabotage: false,
    };
    const context = { site: { ...opened, open: late }, output, environment: process.env };
    expect(await drill(asked, context)).toBe("failed");
    const stderr = output.notes.filter((line) => !line.includes("the URLs work until")).join("\n");
    const reason = /the store refuses the URL|expired/;
    expect({ status: 1, stderr }).toEqual(failed(1, reason));
    expect(await site.drills("gandalf")).toEqual(kept(reason));
  });
});

describe("Nothing is drilled, nor kept", () => {
  test.each([
    [["drill", "-H", "nobody"], 10, /there is no archive of host nobody/],
    [["drill", "-H", "gandalf", "-b", "9"], 10, /there is no archive of gandalf's backup 9/],
    [
      ["drill", "--hosts", "0"],
      2,
      /^--hosts needs at least 1\. See backup-manager drill --help\.$/,
    ],
    [["drill", "--test"], 0, /^$/],
  ])("by %j", async (args, status, message) => {
    const before = await site.drills("gandalf");
    const ended = await site.manage(args);
    expect(ended.status).toBe(status);
    expect(ended.stderr).toMatch(message);
    expect(await site.drills("gandalf")).toEqual(before);
  });

  test("where the result could not be kept", async () => {
    const config = join(site.folder, "elsewhere.toml");
    const text = (await readFile(site.config, "utf8")).replace(site.state, join(site.folder, "no"));
    await writeFile(config, text, { mode: 0o600 });
    const ended = await site.manage(["drill"], {}, config);
    expect(ended.status).toBe(2);
    expect(ended.stderr).toMatch(
      /^the result of a drill cannot be kept in .*\/no: ENOENT.* Set stateDirectory/,
    );
  });
});

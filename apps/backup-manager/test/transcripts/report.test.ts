import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { reportJsonSchema } from "../../src/report/report-json.ts";
import { attemptOf } from "../store-archive.ts";
import { type ShellSite, shellSite } from "./shell-site.ts";

let site: ShellSite;
beforeAll(async () => {
  site = await shellSite();
  await site.archive({ host: "gandalf", number: 1, attempt: attemptOf(60) });
  await site.archive({ host: "gandalf", number: 2, attempt: attemptOf(3) });
  await site.archive({ host: "<witte>", number: 5, attempt: attemptOf(20) }, { sourceErrors: 1 });
  const holes = { host: "holes", number: 7, attempt: attemptOf(2) };
  const { manifest } = await site.archive(holes);
  await site.store.delete([site.catalog.chunkKey("holes", manifest.chunks[1]?.name ?? "")]);
});

test("the page is a file of its owner's, and names are no markup", async () => {
  const { stdout, stderr, status } = await site.shell("backup-manager report --html page.html");
  expect({ stdout, stderr, status }).toEqual({
    stdout: "page.html has 3 hosts, 2 things to see to\n",
    stderr: "",
    status: 0,
  });
  const file = join(site.folder, "page.html");
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const page = await readFile(file, "utf8");
  expect(page).toContain("<h3>&#60;witte&#62;</h3>");
  const { stdout: printed } = await site.shell("backup-manager report --html -");
  expect(printed).toMatch(/^<!doctype html>/);
});

test("the same as JSON: what is good, what the next delete takes and until when it is held", async () => {
  const { stdout, status } = await site.shell("backup-manager report --json --age 30d");
  expect(status).toBe(0);
  const { hosts, troubles, months, price } = reportJsonSchema.parse(JSON.parse(stdout));
  expect(troubles.map(({ kind, host }) => [kind, host])).toEqual([
    ["damaged", "holes"],
    ["partial", "<witte>"],
  ]);
  const [witte, gandalf, holes] = hosts;
  expect(witte).toMatchObject({ host: "<witte>", newestGood: null, nextDelete: { archives: 0 } });
  expect(holes?.archives).toMatchObject([{ status: "complete", good: false }]);
  expect(gandalf).toMatchObject({
    archives: [
      { number: 1, good: true, action: "delete" },
      { number: 2, good: true, action: "keep" },
    ],
    nextDelete: { archives: 1, heldUntil: expect.any(String) },
    held: { bytes: 0, until: null },
    drill: null,
  });
  const [first] = gandalf?.archives ?? [];
  expect(gandalf?.nextDelete.bytes).toBe(first?.newBytes);
  const stored = hosts.reduce((sum, { storedBytes }) => sum + storedBytes, 0);
  expect(months.at(-1)?.storedBytes).toBe(stored);
  expect(price).toBeNull();
});

test("what a deleted archive still holds is listed apart from what goes", async () => {
  await site.shell("backup-manager delete -a 30 -k 1");
  const { stdout } = await site.shell("backup-manager report --json");
  const { hosts } = reportJsonSchema.parse(JSON.parse(stdout));
  const gandalf = hosts.find(({ host }) => host === "gandalf");
  expect(gandalf?.archives.map(({ number }) => number)).toEqual([2]);
  expect(gandalf?.nextDelete).toEqual({ archives: 0, bytes: 0, heldUntil: null });
});

test("--test writes nothing, and a page has to have a place", async () => {
  const { stdout } = await site.shell(
    "backup-manager report --html other.html --test; ls other.html",
  );
  expect(stdout).toBe("other.html would have 3 hosts, 2 things to see to\n");
  const { stderr, status } = await site.shell("backup-manager report");
  expect(stderr).toMatch(/report needs --html FILE or --json/);
  expect(status).toBe(2);
});

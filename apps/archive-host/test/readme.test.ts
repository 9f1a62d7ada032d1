import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSite, type Site, start } from "./site.ts";

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(async () => await site.close());

test("The README's command archives a backup", async () => {
  const text = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const [command = ""] = /^archive-host .*$/m.exec(text) ?? [];
  const [node, bundle] = site.command();
  const here = command
    .replace("archive-host", `'${node}' '${bundle}'`)
    .replace("/usr/share/backuppc/bin/BackupPC_tarCreate", site.tarCreate)
    .replace("/var/lib/backuppc/archives3", site.work)
    // A host that no BackupPC knows.
    .replace("gandalf", "merlin");
  const running = start(["sh", "-c", `exec ${here}`], site.environment());
  expect(await running.ended).toBe(0);
  expect(running.lines.at(-1)).toMatch(/^archived merlin 7: /);
  expect(await site.statuses()).toEqual(["complete"]);
});

import { type Garbage, type GcPlan, planGc } from "@backuppc-archive-s3/backup-catalog";
import type { GcInvocation } from "../command-line/invocation.ts";
import { noteRemoval } from "../delete/note-removal.ts";
import { jsonText } from "../json/json-text.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { printable } from "../text/printable.ts";
import { progressBar } from "../text/progress-bar.ts";
import type { Collected } from "./collected.ts";
import { garbageTable } from "./garbage-table.ts";
import { collectedJson, gcJsonSchema } from "./gc-json.ts";

/** Deletes unfinalized archives that nobody writes any more, and objects that no archive owns. */
export async function gc(asked: GcInvocation, site: Site, output: Output): Promise<Outcome> {
  const { test } = asked;
  const { garbage, spared } = await findGarbage(asked, site, output);
  const { collected, isWell } = test
    ? { collected: garbage.map((each) => ({ garbage: each, outcome: undefined })), isWell: true }
    : await collectAll(garbage, asked, site, output);
  if (asked.json) {
    const result = { test, garbage: collected.map(collectedJson), spared: spared.length };
    await output.result(jsonText(gcJsonSchema, { format: 1, ...result }));
  } else if (!asked.quiet) {
    await output.result(garbageTable(collected, spared.length, test));
  }
  return isWell ? "done" : "failed";
}

async function findGarbage(
  { host, age, purgeVersions }: GcInvocation,
  { catalog }: Site,
  output: Output,
): Promise<GcPlan> {
  let strays = 0;
  output.progress("listing every object");
  const onStray = (key: string): void => {
    if (strays === 0) output.note(`left alone, since no archive has such a key: ${printable(key)}`);
    strays += 1;
  };
  const inventory = await catalog.takeInventory({ purgeVersions, onStray });
  if (strays > 1) output.note(`left alone for the same reason: ${strays - 1} more`);
  output.progress("");
  const ofHost = inventory.filter(({ id }) => host === undefined || id.host === host);
  return planGc(ofHost, { now: new Date(), staleAfter: age * A_DAY });
}

/** Milliseconds. */
const A_DAY = 86_400_000;

async function collectAll(
  garbage: readonly Garbage[],
  { purgeVersions }: GcInvocation,
  { catalog }: Site,
  output: Output,
): Promise<{ readonly collected: readonly Collected[]; readonly isWell: boolean }> {
  const collected: Collected[] = [];
  let isWell = true;
  for (const each of garbage) {
    const title = `${printable(each.id.host)} ${each.id.number}, attempt ${each.id.attempt}`;
    const outcome = await catalog.collect(each, {
      purgeVersions,
      onProgress: ({ done, total }) => output.progress(`${progressBar(done, total)} ${title}`),
    });
    collected.push({ garbage: each, outcome });
    if (outcome !== undefined) isWell = noteRemoval(title, outcome, output) && isWell;
  }
  output.progress("");
  return { collected, isWell };
}

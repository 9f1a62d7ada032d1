import type { ShowInvocation } from "./command.ts";
import { readDrills } from "../drill/drill-files.ts";
import { jsonText } from "../json/json-text.ts";
import { archivesOfBackup } from "../list/archives-of-backup.ts";
import { isComplete } from "../list/archives-of-hosts.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { archiveSheet } from "./archive-sheet.ts";
import { showJsonSchema } from "./show-json.ts";
import { shownArchive } from "./shown-archive.ts";

/** Shows one archive: the newest complete one of its number, or the newest if none is complete. */
export async function show(asked: ShowInvocation, site: Site, output: Output): Promise<Outcome> {
  const found = await archivesOfBackup(asked, site);
  const chosen = found.findLast(isComplete) ?? found.at(-1);
  if (chosen === undefined) return "nothing-matched";
  const drills = await readDrills(site.stateDirectory, (line) => output.note(line));
  const archive = await shownArchive(chosen, site, drills.get(chosen.id.host));
  const otherAttempts = found
    .filter((other) => other !== chosen)
    .map(({ id: { attempt } }) => attempt);
  const result = { format: 1 as const, archive, otherAttempts };
  await output.result(
    asked.json ? jsonText(showJsonSchema, result) : archiveSheet(archive, otherAttempts),
  );
  return "done";
}

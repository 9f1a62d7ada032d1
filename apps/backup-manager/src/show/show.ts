import type { ArchiveSummary, Marker } from "@backuppc-archive-s3/backup-catalog";
import type { ShowInvocation } from "../command-line/invocation.ts";
import { archiveJson } from "../json/archive.ts";
import { jsonText } from "../json/json-text.ts";
import { archivesOfBackup } from "../list/archives-of-backup.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { archiveSheet } from "./archive-sheet.ts";
import { type ShownArchive, showJsonSchema } from "./show-json.ts";

/** Tells all about one archive: the newest complete one of its number, else the newest. */
export async function show(asked: ShowInvocation, site: Site, output: Output): Promise<Outcome> {
  const found = await archivesOfBackup(asked, site);
  const chosen = found.findLast(({ status }) => status === "complete") ?? found.at(-1);
  if (chosen === undefined) return "nothing-matched";
  const archive = await shownOf(chosen, site);
  const otherAttempts = found
    .filter((other) => other !== chosen)
    .map(({ id: { attempt } }) => attempt);
  const result = { format: 1 as const, archive, otherAttempts };
  await output.result(
    asked.json ? jsonText(showJsonSchema, result) : archiveSheet(archive, otherAttempts),
  );
  return "done";
}

async function shownOf(summary: ArchiveSummary, site: Site): Promise<ShownArchive> {
  const source = site.predecessorOf(summary.id);
  const isFinished = summary.status !== "unfinalized";
  if (source === undefined)
    return shown(summary, isFinished ? await site.catalog.readMarker(summary.id) : undefined);
  const { encryption } = source.archive;
  const said = isFinished ? await source.site.catalog.readMarker(summary.id) : undefined;
  return {
    ...shown(summary, undefined),
    ...(said !== undefined && { started: said.started.toISOString() }),
    compression: "inside OpenPGP, if any",
    encryption: encryption && { passphrase: encryption.symmetric, recipients: [] },
    tool: `the Python predecessor, in the bucket ${source.site.bucket}`,
  };
}

function shown(summary: ArchiveSummary, marker: Marker | undefined): ShownArchive {
  const { compression, encryption, tarBytes, sourceErrors, tool, backup } = marker ?? {};
  return {
    ...archiveJson(summary),
    ...(marker !== undefined && { started: marker.started, finished: marker.finished }),
    backup: backup ?? null,
    tarBytes: tarBytes ?? null,
    compression: compression?.name ?? null,
    encryption: encryption
      ? { passphrase: encryption.symmetric, recipients: [...encryption.recipients] }
      : null,
    sourceErrors: sourceErrors ?? null,
    tool: tool ?? null,
  };
}

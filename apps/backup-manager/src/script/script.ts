import { basename } from "node:path";
import type { ArchiveStatus, ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import { type RestoreInput, restoreScript } from "@backuppc-archive-s3/restore-script";
import type { ScriptInvocation } from "../command-line/invocation.ts";
import type { Output } from "../output.ts";
import { printable } from "../printable.ts";
import type { Site } from "../site.ts";
import { chooseArchive } from "./choose-archive.ts";
import { probeUrl } from "./probe-url.ts";
import { signArchive } from "./sign-archive.ts";
import { writePrivate } from "./write-private.ts";

/** Writes a restore script for the archive that was asked for. */
export async function script(asked: ScriptInvocation, site: Site, output: Output): Promise<void> {
  const found = await site.catalog.list({ host: asked.host });
  const archive = chooseArchive(found, asked, site.name);
  const title = titleOf(archive);
  const warning = WARNINGS[archive.status];
  if (warning !== undefined) output.note(`${title} ${warning}`);
  if (asked.test) return await output.result(`Would write a restore script for ${title}.\n`);
  const signed = await signArchive(archive, asked.expire, site);
  const [first] = signed.chunks;
  if (asked.probe && first !== undefined) await probeUrl(first.url);
  noteExpiry(signed, output);
  await deliver(signed, asked.filename, output);
}

const WARNINGS: Readonly<Partial<Record<ArchiveStatus, string>>> = {
  partial: "is partial: BackupPC could not read all of that backup when it was archived",
  unfinalized: "is unfinalized: it was not proved to be whole",
};

async function deliver(
  signed: RestoreInput,
  filename: string | undefined,
  output: Output,
): Promise<void> {
  if (filename === undefined) return await output.result(restoreScript(signed));
  await writePrivate(filename, restoreScript(signed, { fileName: basename(filename) }));
}

/** A minute less is nobody's loss; it is told when it is more. */
function noteExpiry({ expires, asked, created }: RestoreInput, output: Output): void {
  if (asked === undefined || asked.getTime() - expires.getTime() < 60_000) return;
  const [got, wanted] = [expires, asked].map((time) =>
    Math.floor((time.getTime() - created.getTime()) / 1000),
  );
  output.note(
    `the URLs work until ${expires.toISOString()}, ${got} seconds and not ${wanted}: signatures end after 7 days at most, and with the credentials`,
  );
}

function titleOf({ id, started, finished }: ArchiveSummary): string {
  const time = (finished ?? started).toISOString().slice(0, 16).replace("T", " ");
  return `${printable(id.host)} ${id.number} of ${time} UTC`;
}

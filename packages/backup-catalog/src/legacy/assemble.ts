import type { StoredObject } from "@backuppc-archive-s3/s3-transport";
import type { ContentChunk } from "../readable/readable-archive.ts";
import type { Finding } from "../verify/finding.ts";
import { type Backup, LEGACY_ATTEMPT, type LegacyArchive } from "./legacy-catalog.ts";
import { type LegacyChunkKey, type LegacyKey, legacyPrefix } from "./legacy-key.ts";
import { suffixOfPosition } from "./split-suffix.ts";

/** An object of one backup, and what its key says. */
export interface Piece {
  readonly object: StoredObject;
  readonly key: LegacyKey;
}

const BY_PASSPHRASE = { passphrase: true, recipients: [], subkeys: [] };

/** An archive put together from its objects, which are at least one. */
export interface Assembled {
  readonly archive: LegacyArchive;
  readonly chunks: readonly ContentChunk[];
}

/**
 * Puts an archive together from the objects of one backup. Where settings have changed between two
 * runs of one number, the chunks of the newest run are taken: those of another form are left over.
 */
export function assemble({ host, number }: Backup, pieces: readonly Piece[]): Assembled {
  const all = pieces.flatMap(({ object, key }) => (key.kind === "chunk" ? [{ object, key }] : []));
  const marker = pieces.find(({ key }) => key.kind === "complete")?.object;
  const { chosen, extra } = chooseForm(all);
  const missing = gapsIn(chosen, { host, number });
  const findings: Finding[] = [
    ...(marker === undefined ? [{ kind: "no-marker" as const }] : []),
    ...missing.map((key) => ({ kind: "missing" as const, key })),
    ...extra.map(({ object }) => ({ kind: "extra" as const, key: object.key })),
  ];
  const isWhole = chosen.length > 0 && missing.length === 0;
  const chunks = chosen.map(({ object }) => ({ key: object.key, storedLength: object.length }));
  const times = pieces.map(({ object }) => object.modified.getTime());
  const archive: LegacyArchive = {
    id: { host, number, attempt: LEGACY_ATTEMPT },
    status: marker === undefined ? "incomplete" : isWhole ? "complete" : "partial",
    started: new Date(times.reduce((first, time) => Math.min(first, time))),
    ...(marker !== undefined && { finished: marker.modified }),
    chunks: chunks.length,
    storedBytes: chunks.reduce((sum, { storedLength }) => sum + storedLength, 0),
    ambiguous: false,
    deleted: false,
    compression: { suffix: "", name: "none" },
    encryption: chosen[0]?.key.encrypted === true ? BY_PASSPHRASE : null,
    findings,
  };
  return { archive, chunks };
}

interface Chunk {
  readonly object: StoredObject;
  readonly key: LegacyChunkKey;
}

/** The chunks of the newest object's form, in stream order, one for a position; and the others. */
function chooseForm(all: readonly Chunk[]): { chosen: Chunk[]; extra: Chunk[] } {
  const newest = all.reduce<Chunk | undefined>(
    (found, chunk) =>
      found === undefined || chunk.object.modified > found.object.modified ? chunk : found,
    undefined,
  );
  const chosen: Chunk[] = [];
  const extra: Chunk[] = [];
  for (const chunk of all.toSorted((one, other) => one.key.position - other.key.position)) {
    const { split, encrypted, position } = chunk.key;
    const isOfForm = split === newest?.key.split && encrypted === newest.key.encrypted;
    (isOfForm && chosen.at(-1)?.key.position !== position ? chosen : extra).push(chunk);
  }
  return { chosen, extra };
}

/** A gap is shown by the keys that it would hold, up to so many. */
const LONGEST_GAP = 1000;

function gapsIn(chosen: readonly Chunk[], backup: Backup): string[] {
  const missing: string[] = [];
  let expected = 0;
  for (const { key } of chosen) {
    for (; expected < key.position && missing.length < LONGEST_GAP; expected++) {
      const suffix = `.${suffixOfPosition(expected)}${key.encrypted ? ".gpg" : ""}`;
      missing.push(legacyPrefix(backup) + suffix);
    }
    expected = key.position + 1;
  }
  return missing;
}

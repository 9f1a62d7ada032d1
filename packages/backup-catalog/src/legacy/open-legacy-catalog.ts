import type { CallOptions, ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { CatalogError } from "../catalog-error.ts";
import { removeBatches } from "../delete/remove-batches.ts";
import { removalOfObjects } from "../delete/removal.ts";
import { Tally } from "../delete/tally.ts";
import { callWith } from "../read/call-with.ts";
import { listSteadily } from "../read/list-steadily.ts";
import { assemble, type Assembled, type Piece } from "./assemble.ts";
import { listLegacy } from "./list-legacy.ts";
import { type Backup, LEGACY_ATTEMPT, type LegacyCatalog } from "./legacy-catalog.ts";
import { parseLegacyKey, legacyPrefix } from "./legacy-key.ts";
import { readComplete } from "./read-complete.ts";

/** What is known of the bucket. */
export interface LegacyOptions {
  /**
   * The host that the bucket is of, as its name says, in whatever case. Keys of another one are
   * unknown. Unless given, keys of any host are taken.
   */
  readonly host?: string;
}

/**
 * Legacy archives in one of its buckets. Opening asks the store for nothing.
 *
 * @example
 * for (const { bucket, host } of legacyBuckets(await lister.listBuckets()))
 *   catalogs.push(openLegacyCatalog(createS3({ ...location, bucket }).store, { host }));
 */
export function openLegacyCatalog(store: ObjectStore, { host }: LegacyOptions = {}): LegacyCatalog {
  const find = async (id: Backup, options?: CallOptions): Promise<Assembled> => {
    const pieces = await piecesOf(store, id, options);
    if (pieces.length === 0) throw notFound(id);
    return assemble(id, pieces);
  };
  return {
    list: async (options) => await listLegacy(store, host, options),
    verify: async (id, options) => (await find(id, options)).archive.findings,
    readMarker: async (id, options) => await readComplete(store, id, options),

    open: (id) => ({
      id: { ...id, attempt: LEGACY_ATTEMPT },
      trust: { state: "legacy" },
      head: undefined,
      async describe(options) {
        const { status, compression, encryption } = (await find(id, options)).archive;
        const isFinished = status !== "incomplete";
        const said = isFinished ? await readComplete(store, id, options) : undefined;
        return { started: said?.started, compression, encryption, tool: "the Python program" };
      },
      async contents(options) {
        const { archive, chunks } = await find(id, options);
        if (chunks.length === 0) throw notFound(id);
        return { compression: archive.compression, encryption: archive.encryption, chunks };
      },
      readChunk: async ({ key }, options) => await store.get(key, options),
    }),

    async delete(id, { onProgress, signal } = {}) {
      const call = callWith(signal);
      const pieces = await piecesOf(store, id, call);
      const tally = new Tally(onProgress);
      tally.expect(pieces.length);
      for (const kind of ["complete", "chunk"] as const) {
        const step = pieces.filter(({ key }) => key.kind === kind).map(({ object }) => object);
        await removeBatches(removalOfObjects(store), step, tally, call);
        if (tally.hasFailures) break;
      }
      return tally.outcome();
    },
  };
}

async function piecesOf(
  store: ObjectStore,
  { host, number }: Backup,
  options?: CallOptions,
): Promise<Piece[]> {
  const pieces: Piece[] = [];
  const prefix = legacyPrefix({ host, number });
  for (const object of (await listSteadily(store, prefix, options)).values()) {
    const key = parseLegacyKey(object.key);
    // web.7.tar is also how keys of the host web.7.tar begin.
    if (key?.host === host && key.number === number) pieces.push({ object, key });
  }
  return pieces;
}

function notFound({ host, number }: Backup): CatalogError {
  return new CatalogError(
    "not-found",
    `${host} ${number} has no chunks in the Python program's bucket.`,
  );
}

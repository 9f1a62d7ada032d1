import {
  bytesBody,
  type CallOptions,
  type ObjectStore,
  StoreError,
} from "@backuppc-archive-s3/s3-transport";
import type * as z from "zod";
import type { ArchiveId, Manifest, Marker } from "./archive.ts";
import type { Catalog } from "./catalog.ts";
import { CatalogError } from "./catalog-error.ts";
import { archiveFolder, manifestKey, markerKey, startedKey, sumsKey } from "./keys.ts";
import { manifestSchema, markerSchema, startedSchema } from "./schemas.ts";

/** The writing half of a catalog. It needs no right but PutObject. */
export function archiveWriter(
  store: ObjectStore,
  prefix: string,
): Pick<Catalog, "begin" | "resume" | "commit"> {
  const begun = new Set<string>();
  return {
    async begin(started, options) {
      const json = encode(startedSchema, started);
      // A lost answer, or a run that goes on with its attempt: either way it has been said.
      await putIfAbsent(store, prefix + startedKey(started), json, options);
      begun.add(archiveFolder(started));
    },

    async resume(started, options) {
      const json = encode(startedSchema, started);
      const contentType = "application/json";
      await store.put(prefix + startedKey(started), bytesBody(json), { ...options, contentType });
      begun.add(archiveFolder(started));
    },

    async commit({ manifest, sealedSums, marker }, options) {
      refuseDisagreement(manifest, marker);
      const manifestJson = encode(manifestSchema, manifest);
      const markerJson = encode(markerSchema, marker);
      const putOnce = async (key: string, json: Uint8Array): Promise<void> => {
        const stored = await putIfAbsent(store, prefix + key, json, options);
        if (stored === "there" && !begun.has(archiveFolder(marker))) throw taken(marker);
      };
      await putOnce(manifestKey(marker), manifestJson);
      await store.put(prefix + sumsKey(marker), bytesBody(sealedSums), options);
      await putOnce(markerKeyOf(marker), markerJson);
    },
  };
}

async function putIfAbsent(
  store: ObjectStore,
  key: string,
  json: Uint8Array,
  options?: CallOptions,
): Promise<"stored" | "there"> {
  try {
    const contentType = "application/json";
    await store.put(key, bytesBody(json), { ...options, contentType, onlyIfAbsent: true });
    return "stored";
  } catch (error) {
    if (error instanceof StoreError && error.code === "exists") return "there";
    throw error;
  }
}

function markerKeyOf(marker: Marker): string {
  const { chunks, storedBytes, sourceErrors } = marker;
  const status = sourceErrors === 0 ? "complete" : "partial";
  return markerKey(marker, { status, chunks, storedBytes });
}

/** Checked before it is stored: what can't be read back is no backup. */
function encode<T>(schema: z.ZodType<T>, value: T): Uint8Array {
  const result = schema.safeParse(value);
  if (result.success) return Buffer.from(`${JSON.stringify(result.data, null, 1)}\n`);
  const [issue] = result.error.issues;
  throw invalid(`${issue?.path.join(".")}: ${issue?.message}`, result.error);
}

function refuseDisagreement(manifest: Manifest, marker: Marker): void {
  const storedBytes = manifest.chunks.reduce((sum, chunk) => sum + chunk.storedLength, 0);
  if (archiveFolder(manifest) !== archiveFolder(marker))
    throw invalid("two attempts in one commit");
  if (manifest.chunks.length !== marker.chunks || storedBytes !== marker.storedBytes)
    throw invalid("manifest and marker count different chunks");
}

function invalid(what: string, cause?: unknown): CatalogError {
  const hint = "This is a defect of the program that called; please report it.";
  return new CatalogError("invalid-archive", `The archive can't be written: ${what}.`, hint, cause);
}

function taken({ host, number, attempt }: ArchiveId): CatalogError {
  return new CatalogError(
    "attempt-taken",
    `${host} ${number}, attempt ${attempt}, has a manifest or marker of another run.`,
    "Archive the backup again: a new run makes a new attempt.",
  );
}

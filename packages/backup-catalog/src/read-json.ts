import { text } from "node:stream/consumers";
import { type CallOptions, type ObjectStore, StoreError } from "@backuppc-archive-s3/s3-transport";
import * as z from "zod";
import { FORMAT } from "./archive.ts";
import { CatalogError } from "./catalog-error.ts";

/** Reads one of the JSONs of an archive and checks it. */
export async function readJson<T>(
  store: ObjectStore,
  key: string,
  schema: z.ZodType<T>,
  options?: CallOptions,
): Promise<T> {
  const json = parse(key, await readText(store, key, options));
  refuseNewer(key, json);
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue === undefined ? "" : `: ${issue.path.join(".")}: ${issue.message}`;
  throw damaged(key, `is not as this program writes it${where}`, result.error);
}

/** `what` goes on from the key: "is cut short". */
export function damaged(key: string, what: string, cause?: unknown): CatalogError {
  return new CatalogError("damaged", `${key} ${what}.`, "Restore another archive.", cause);
}

export async function readText(
  store: ObjectStore,
  key: string,
  options?: CallOptions,
): Promise<string> {
  try {
    return await text(await store.get(key, options));
  } catch (error) {
    if (error instanceof StoreError && error.code === "not-found") throw notFound(key, error);
    throw error;
  }
}

function parse(key: string, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw damaged(key, "is not JSON", error);
  }
}

function refuseNewer(key: string, json: unknown): void {
  const result = z.object({ format: z.number() }).safeParse(json);
  if (!result.success || result.data.format <= FORMAT) return;
  throw new CatalogError(
    "newer-format",
    `${key} has format ${result.data.format}; this release reads up to ${FORMAT}.`,
    "Use a newer release of backuppc-archive-s3.",
  );
}

function notFound(key: string, cause: unknown): CatalogError {
  return new CatalogError(
    "not-found",
    `${key} is not in the store.`,
    "The archive is unfinalized or was deleted; `list` tells what there is.",
    cause,
  );
}

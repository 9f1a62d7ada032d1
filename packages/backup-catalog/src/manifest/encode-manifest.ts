import type { Manifest } from "../archive.ts";
import { CatalogError } from "../catalog-error.ts";
import { LIMITS } from "../read/limits.ts";
import { manifestSchema } from "../schemas.ts";
import { invalidArchive } from "../write/invalid-archive.ts";

/**
 * The bytes of manifest.json: a line a chunk, so that people can read it with grep. The same manifest has
 * always the same bytes: its digest is in the sums before it is stored.
 *
 * @throws {CatalogError} code `invalid-archive` or `too-large`
 */
export function encodeManifest(manifest: Manifest): Uint8Array {
  const result = manifestSchema.safeParse(manifest);
  if (!result.success) {
    const [issue] = result.error.issues;
    if (issue?.code === "too_big") throw tooLarge(`${manifest.chunks.length} chunks`);
    throw invalidArchive(`manifest: ${issue?.path.join(".")}: ${issue?.message}`, result.error);
  }
  const { chunks, ...about } = result.data;
  const lines = chunks.map((chunk) => JSON.stringify(chunk)).join(",\n");
  const bytes = Buffer.from(`${JSON.stringify(about).slice(0, -1)},"chunks":[\n${lines}\n]}\n`);
  if (bytes.length > LIMITS.manifest) throw tooLarge(`a manifest of ${bytes.length} bytes`);
  return bytes;
}

function tooLarge(what: string): CatalogError {
  return new CatalogError(
    "too-large",
    `The archive would have ${what}, more than can be read back.`,
    "Choose a larger `chunkSize`.",
  );
}

import { type ChunkEntry, type Manifest, MAX_CHUNKS } from "../archive.ts";
import { CatalogError, invalidArchive } from "../catalog-error.ts";
import { LIMITS } from "../read/limits.ts";
import { manifestSchema } from "../schemas.ts";

/**
 * The bytes of manifest.json: a line a chunk, so that people can read it with grep. The same manifest has
 * always the same bytes: its digest is in the sums before it is stored.
 *
 * @throws {CatalogError} code `invalid-archive` or `too-large`
 */
export function encodeManifest(manifest: Manifest): Uint8Array {
  if (manifest.chunks.length > MAX_CHUNKS) throw tooLarge(`${manifest.chunks.length} chunks`);
  const result = manifestSchema.safeParse(manifest);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw invalidArchive(`manifest: ${issue?.path.join(".")}: ${issue?.message}`, result.error);
  }
  const { chunks, ...about } = result.data;
  const lines = linesOf(chunks).join(",\n");
  return Buffer.from(`${JSON.stringify(about).slice(0, -1)},"chunks":[\n${lines}\n]}\n`);
}

/** Counted before they are joined: JavaScript has no string of more than 512 MiB. */
function linesOf(chunks: readonly ChunkEntry[]): string[] {
  let length = ROOM_FOR_REST;
  return chunks.map((chunk) => {
    const line = JSON.stringify(chunk);
    length += line.length + ",\n".length;
    if (length > LIMITS.manifest)
      throw tooLarge(`a manifest of more than ${LIMITS.manifest} bytes`);
    return line;
  });
}

/** Bytes for all that stands around the lines. */
const ROOM_FOR_REST = 4096;

function tooLarge(what: string): CatalogError {
  return new CatalogError(
    "too-large",
    `The archive would have ${what}, more than can be read back.`,
  );
}

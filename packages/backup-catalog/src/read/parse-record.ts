import * as z from "zod";
import { type ArchiveId, FORMAT } from "../archive.ts";
import { CatalogError } from "../catalog-error.ts";
import { archiveFolder } from "../keys.ts";
import { damaged } from "./read-object.ts";

/**
 * Takes a record apart, and refuses one that is not as this release writes it, or of another archive.
 *
 * @throws {CatalogError} code `newer-format` or `damaged`
 */
export function parseRecord<T extends ArchiveId>(
  key: string,
  id: ArchiveId,
  bytes: Uint8Array,
  schema: z.ZodType<T>,
): T {
  const json = parseJson(key, bytes);
  refuseNewer(key, json);
  const result = schema.safeParse(json);
  if (!result.success) {
    const [issue] = result.error.issues;
    const where = issue === undefined ? "" : `: ${issue.path.join(".")}: ${issue.message}`;
    throw damaged(key, `is not as this program writes it${where}`, result.error);
  }
  const { host, number, attempt } = result.data;
  if (archiveFolder(result.data) === archiveFolder(id)) return result.data;
  throw damaged(key, `is of another archive: ${host} ${number} ${attempt}`);
}

function parseJson(key: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
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
  );
}

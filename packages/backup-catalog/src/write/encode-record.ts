import type * as z from "zod";
import { invalidArchive } from "../catalog-error.ts";

/** A record's JSON, checked before it is stored: what can't be read back is no backup. @throws {CatalogError} code `invalid-archive` */
export function encodeRecord<T>(name: string, schema: z.ZodType<T>, value: T): Uint8Array {
  const result = schema.safeParse(value);
  if (result.success) return Buffer.from(`${JSON.stringify(result.data, null, 1)}\n`);
  const [issue] = result.error.issues;
  throw invalidArchive(`${name}: ${issue?.path.join(".")}: ${issue?.message}`, result.error);
}

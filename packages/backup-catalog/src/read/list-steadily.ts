import type { CallOptions, ObjectStore, StoredObject } from "@backuppc-archive-s3/s3-transport";
import { callWith } from "./call-with.ts";
import { listAgain } from "./list-again.ts";

/**
 * Lists what is below a prefix, by key; until nothing has vanished since the list before, unless once will do.
 *
 * @throws {CatalogError} code `unsteady`
 */
export async function listSteadily(
  store: Pick<ObjectStore, "list">,
  prefix: string,
  { steady = true, signal }: CallOptions & { readonly steady?: boolean } = {},
): Promise<ReadonlyMap<string, StoredObject>> {
  const call = callWith(signal);
  const list = async (): Promise<Map<string, StoredObject>> => {
    const shown = new Map<string, StoredObject>();
    for await (const object of store.list(prefix, call)) shown.set(object.key, object);
    return shown;
  };
  const first = await list();
  return steady ? await listAgain(new Set(first.keys()), list) : first;
}

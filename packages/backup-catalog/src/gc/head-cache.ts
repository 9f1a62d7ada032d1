import type { CallOptions, ObjectStore } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveId } from "../archive.ts";
import type { StoredHead } from "../catalog.ts";
import { archiveFolder } from "../keys.ts";
import type { StoredRecord } from "../read/list-records.ts";
import { loadHead } from "../read/read-head.ts";

/**
 * The heads of the host that was looked at last. They are never written twice, so one that lists show
 * unchanged is not read again: a delete looks at them before and after.
 */
export class HeadCache {
  readonly #store: ObjectStore;
  #host = "";
  #heads = new Map<string, { readonly stamp: string; readonly stored: StoredHead }>();

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  /**
   * @param options `again`: read it although it is known: it may have changed on the way
   * @throws {CatalogError} code `not-found`, `newer-format` or `damaged`
   */
  async load(
    id: ArchiveId,
    records: readonly StoredRecord[],
    { again = false, ...options }: CallOptions & { readonly again?: boolean } = {},
  ): Promise<StoredHead> {
    if (id.host !== this.#host) this.#heads = new Map();
    this.#host = id.host;
    const stamp = stampOf(records);
    const folder = archiveFolder(id);
    const known = this.#heads.get(folder);
    if (known?.stamp === stamp && !again) return known.stored;
    const stored = await loadHead(this.#store, id, records, options);
    this.#heads.set(folder, { stamp, stored });
    return stored;
  }
}

/** Changes when head or marker does. */
function stampOf(records: readonly StoredRecord[]): string {
  const parts = records
    .filter(({ record }) => record.kind === "head" || record.kind === "marker")
    .map(({ item: { key, length, modified } }) => `${key} ${length} ${modified.getTime()}`);
  return parts.toSorted().join("\n");
}

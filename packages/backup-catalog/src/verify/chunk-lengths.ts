import type { CallOptions, ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { chunksPrefix } from "../keys.ts";
import { confirmAbsent } from "../read/confirm-absent.ts";

/** What lists show of a host's chunks: no one list is believed that something is gone. */
export class ChunkLengths {
  readonly #store: ObjectStore;
  readonly #folder: string;
  readonly #call: CallOptions;
  readonly #lengths = new Map<string, number>();
  /** Names that the store was asked for, or their neighbours. */
  readonly #lost = new Set<string>();
  #lists = 0;

  constructor(store: ObjectStore, host: string, call: CallOptions) {
    this.#store = store;
    this.#folder = chunksPrefix(host);
    this.#call = call;
  }

  /**
   * Lengths in bytes of chunks, by their names below `chunks/<host>/`. Those that lists do not show are not among them.
   *
   * @throws {CatalogError} code `unsteady` if the store has one all the same
   */
  async of(names: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const lacking = (): string[] =>
      names.filter((name) => !this.#lengths.has(name) && !this.#lost.has(name));
    while (this.#lists < LISTS && (this.#lists === 0 || lacking().length > 0)) await this.#list();
    const lost = lacking();
    const keys = lost.map((name) => this.#folder + name);
    await confirmAbsent(this.#store, keys, this.#call);
    for (const name of lost) this.#lost.add(name);
    return this.#lengths;
  }

  async #list(): Promise<void> {
    this.#lists++;
    for await (const { key, length } of this.#store.list(this.#folder, this.#call))
      this.#lengths.set(key.slice(this.#folder.length), length);
  }
}

/** The second only where the first lacks something. */
const LISTS = 2;

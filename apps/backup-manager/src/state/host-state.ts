/**
 * archive-host's working directory, as far as one host is concerned.
 *
 * - `held`: it is on this machine, and its lock for the host is ours until it is released
 * - `busy`: another process holds the lock: the host is being archived
 * - `elsewhere`: it is not on this machine
 */
export type HostState =
  { readonly kind: "held"; readonly lock: HeldHost } | { readonly kind: "busy" | "elsewhere" };

/** The chunk index of a host whose lock we hold. */
export interface HeldHost {
  /** Who writes the archives of this machine: as in heads. */
  readonly uploader: string;
  /**
   * Names of the chunks that may be deleted while they are still held, once the index has forgotten them: those of the
   * index, if a copy of it, such as that of a virtual machine which is rolled back, can be kept from being believed.
   */
  releasable(): Promise<ReadonlySet<string>>;
  /**
   * Has damaged chunks uploaded again by the next run.
   *
   * @param names below `chunks/<host>/`
   * @returns how many the index knew
   */
  strike(names: readonly string[]): Promise<number>;
  /**
   * Before held chunks are deleted: no run relies on them any more, not even with a copy of the index from before.
   *
   * @throws {ManagerError} code `old-index`
   */
  forget(names: readonly string[]): Promise<void>;
  /** May be called again. */
  release(): Promise<void>;
}

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
   * Makes sure that no run relies on these chunks any more, also with a copy of the index from before: to be
   * called before they are deleted, or when they are lost.
   *
   * @param names below `chunks/<host>/`
   * @returns how many the index knew
   */
  strike(names: readonly string[]): Promise<number>;
  /** May be called again. */
  release(): Promise<void>;
}

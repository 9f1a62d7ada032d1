/**
 * What a check found wrong with an archive.
 *
 * - `missing`: the manifest names the chunk, the store has none
 * - `wrong-length`: it has another length, in bytes
 * - `extra`: an object in the chunks' folder that the manifest does not name; it harms no restore
 * - `damaged`: a chunk's bytes are not those that were stored
 * - `no-marker`: the archive is unfinalized
 * - `no-sums`: SHA256SUMS.gpg is gone
 * - `bad-manifest`: the manifest is missing, unreadable or of a newer format
 * - `marker-disagrees`: marker and manifest count different chunks or bytes
 */
export type Finding =
  | { readonly kind: "missing" | "extra" | "no-sums"; readonly key: string }
  | {
      readonly kind: "wrong-length";
      readonly key: string;
      readonly expected: number;
      readonly found: number;
    }
  | { readonly kind: "damaged"; readonly key: string; readonly reason: string }
  | { readonly kind: "no-marker" }
  | { readonly kind: "bad-manifest" | "marker-disagrees"; readonly reason: string };

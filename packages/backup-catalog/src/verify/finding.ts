/**
 * What a check found wrong with an archive.
 *
 * - `missing`: a chunk that the manifest names is not there
 * - `wrong-length`: it has another length, in bytes
 * - `damaged`: a chunk's bytes, or what they decrypt to, are not those that were stored
 * - `extra`: a record in the archive's folder that is not the archive's; it harms no restore
 * - `no-marker`: the archive is incomplete
 * - `bad-head`: archive.json is missing, unreadable, of a newer format or of another archive
 * - `bad-signature`: there are two markers, or one that counts something else than the head
 * - `not-verified`: no trusted key has signed the head: another key has, or none is trusted
 * - `refused`: it contradicts the configuration: stored in the clear, other recipients, another filter
 * - `bad-manifest`: the manifest is missing, unreadable, or not the one of the head
 * - `bad-sums`: SHA256SUMS are not those of the head, or do not agree with the manifest
 * - `no-sums`, `no-key`, `missing-members`: that record is not there
 */
export type Finding =
  | {
      readonly kind: "missing" | "extra" | "no-sums" | "no-key" | "missing-members";
      readonly key: string;
    }
  | {
      readonly kind: "wrong-length";
      readonly key: string;
      readonly expected: number;
      readonly found: number;
    }
  | { readonly kind: "damaged"; readonly key: string; readonly reason: string }
  | { readonly kind: "no-marker" }
  | { readonly kind: "not-verified"; readonly reason: "no-signers" | "bad-signature" }
  | {
      readonly kind: "bad-head" | "bad-signature" | "refused" | "bad-manifest" | "bad-sums";
      readonly reason: string;
    };

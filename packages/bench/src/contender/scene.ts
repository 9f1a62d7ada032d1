import type { Input } from "../input/input.ts";
import type { Target } from "../store/target.ts";

/** What all contenders of a comparison share. */
export interface Scene {
  /** For what they write on their way. */
  readonly folder: string;
  readonly input: Input;
  readonly target: Target;
  /** Mean of archive-host's chunks, in bytes. */
  readonly mean: number;
  /** Bytes of the tar in a chunk, for the peers that cut it. */
  readonly chunkSize: number;
  readonly passphraseFile: string;
  /** Puts away what a run stored. */
  readonly putAway: () => Promise<void>;
}

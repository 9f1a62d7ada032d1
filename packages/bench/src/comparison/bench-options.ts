import type { InputKind } from "../input/make-input.ts";
import type { Say } from "../say.ts";

/** What a measurement is made with. */
export interface BenchOptions {
  readonly input: InputKind;
  /** Bytes of the input, about. */
  readonly size: number;
  /** Mean of archive-host's chunks, in bytes. */
  readonly mean: number;
  /** Of the peers that cut the tar into chunks, in bytes. */
  readonly chunkSize: number;
  readonly rounds: number;
  /** By name; none: all. */
  readonly peers: readonly string[];
  /** Other builds of archive-host to measure beside this one. */
  readonly rivals: readonly string[];
  /** Of the uplink, bytes a second. */
  readonly rate: number;
  readonly say: Say;
}

import type { CallOptions } from "@backuppc-archive-s3/s3-transport";

/** The options of a request, where those of the call hold more. */
export function callWith(signal: AbortSignal | undefined): CallOptions {
  return signal === undefined ? {} : { signal };
}

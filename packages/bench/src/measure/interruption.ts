import { BenchError } from "../bench-error.ts";

const controller = new AbortController();

/** Aborted once the bench has to end: what is being measured then ends too, and nothing more is begun. */
export const interruption: AbortSignal = controller.signal;

/** Makes what waits throw a {@link BenchError}, so that whoever started or wrote something puts it away. */
export function interrupt(): void {
  controller.abort(new BenchError("Interrupted."));
}

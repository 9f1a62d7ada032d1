import type { CallOptions } from "../object-store.ts";

/** What a call asks for, as the SDK's `send` takes it. */
export function requestOptions({ signal }: CallOptions): { abortSignal?: AbortSignal } {
  return signal === undefined ? {} : { abortSignal: signal };
}

import { StoreError } from "../store-error.ts";

/** The keys that start with `prefix`, in the order of their UTF-8 bytes. */
export function sortedKeys(objects: ReadonlyMap<string, unknown>, prefix: string): string[] {
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix));
  return keys.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
}

export async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

export function refusal(code: "exists" | "not-found", key: string): StoreError {
  const is = code === "exists" ? "is there already" : "is not there";
  return new StoreError(code, `${key} ${is}.`, { hint: "", permanent: true });
}

import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";

/** What became of the request during which the program died. */
export type Death = "before the request" | "amid a batch" | "after the request";

/** A store whose program dies at one request, the first being number 0; no later one is made. */
export function dyingStore(
  store: ObjectStore,
  at: number,
  death: Death,
): ObjectStore & { readonly requests: () => number } {
  let requests = 0;
  const request = async <T>(whole: () => Promise<T>, half: () => Promise<unknown>): Promise<T> => {
    const number = requests++;
    if (number < at) return await whole();
    if (number === at && death === "amid a batch") await half();
    if (number === at && death === "after the request") await whole();
    throw new Error("died");
  };
  const nothing = async (): Promise<void> => {};
  return {
    requests: () => requests,
    now: () => store.now(),
    put: async (...args) => await request(() => store.put(...args), nothing),
    get: async (...args) => await request(() => store.get(...args), nothing),
    async *list(...args) {
      await request(nothing, nothing);
      yield* store.list(...args);
    },
    delete: async (keys, options) =>
      await request(
        () => store.delete(keys, options),
        // A batch is not atomic: any part of it may have been done, such as every other key.
        () => store.delete(keys.filter((_, index) => index % 2 === 1)),
      ),
  };
}

import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";

/**
 * A store whose lists leave out keys.
 *
 * @param times how many of the lists that would show one leave it out, from the first
 */
export function leavingOut(store: ObjectStore, keys: RegExp, times = Infinity): ObjectStore {
  let left = times;
  return {
    ...store,
    async *list(prefix, options) {
      let hasLeftOut = false;
      for await (const object of store.list(prefix, options)) {
        const leaves = left > 0 && keys.test(object.key);
        hasLeftOut ||= leaves;
        if (!leaves) yield object;
      }
      if (hasLeftOut) left--;
    },
  };
}

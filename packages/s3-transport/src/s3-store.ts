import { demand } from "./check/demand.ts";
import type { Connect } from "./client/connector.ts";
import type { StoreClock } from "./client/store-clock.ts";
import { objectDeleter } from "./delete/delete-objects.ts";
import { getObject } from "./get-object.ts";
import { listObjects } from "./list/list-objects.ts";
import type { ObjectStore } from "./object-store.ts";
import { conditionalPut } from "./put/conditional-put.ts";
import type { ObjectPutter } from "./put/object-putter.ts";
import type { S3Location } from "./s3-location.ts";

/** The objects of a bucket in S3. */
export function s3Store(
  connect: Connect,
  location: S3Location,
  { putter, clock }: { readonly putter: ObjectPutter; readonly clock: StoreClock },
): ObjectStore {
  const remove = objectDeleter(connect, location);
  return {
    put: conditionalPut(location, (...call) => putter.put(...call)),
    get: async (key, options) => await getObject(connect, location, key, options),
    list: (prefix, options) => listObjects(connect, location, prefix, options),
    delete: async (keys, options) => {
      demand(Array.isArray(keys), "What is to be deleted is no list.");
      const names = keys.map((key) => ({ key }));
      return await remove(names, options);
    },
    now: () => clock.now(),
  };
}

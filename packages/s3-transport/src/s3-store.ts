import { connector } from "./client/connector.ts";
import { StoreClock } from "./client/store-clock.ts";
import { objectDeleter } from "./delete/delete-objects.ts";
import { getObject } from "./get-object.ts";
import { listObjects } from "./list/list-objects.ts";
import type { ObjectStore } from "./object-store.ts";
import { conditionalPut } from "./put/conditional-put.ts";
import { ObjectPutter } from "./put/object-putter.ts";
import type { S3Location } from "./s3-location.ts";

/**
 * The objects of a bucket in S3. The SDK is loaded when the first call needs it; a PUT with keys to an endpoint does not.
 *
 * @example
 * const store = withRetry(createS3Store({ bucket: "backuppc-offsite", region: "eu-central-1" }));
 * await store.put("hello.txt", bytesBody(Buffer.from("hello")));
 */
export function createS3Store(location: S3Location): ObjectStore {
  const clock = new StoreClock();
  const connect = connector(location, (client) => clock.watch(client));
  const putter = new ObjectPutter(location, connect, clock);
  const remove = objectDeleter(connect, location);
  return {
    put: conditionalPut(location, (...call) => putter.put(...call)),
    get: async (key, options) => await getObject(connect, location, key, options),
    list: (prefix, options) => listObjects(connect, location, prefix, options),
    delete: async (keys, options) =>
      await remove(
        keys.map((key) => ({ key })),
        options,
      ),
    now: () => clock.now(),
  };
}

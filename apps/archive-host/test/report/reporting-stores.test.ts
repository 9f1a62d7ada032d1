// The wrappers that report keep the promises of the store in them.
import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { objectStoreContract } from "@backuppc-archive-s3/s3-transport/contract";
import { createMemoryVersions } from "@backuppc-archive-s3/s3-transport/memory";
import { Meter } from "../../src/report/meter.ts";
import { meteredStore } from "../../src/report/metered-store.ts";
import { Outage } from "../../src/report/outage.ts";
import { watchedStore } from "../../src/report/watched-store.ts";

const WRAPPERS: Readonly<Record<string, (store: ObjectStore) => ObjectStore>> = {
  meteredStore: (store) => meteredStore(store, new Meter(undefined)),
  watchedStore: (store) => watchedStore(store, new Outage({ patience: 60, say: () => {} })),
};

for (const [name, wrap] of Object.entries(WRAPPERS)) {
  const create = async (): Promise<ObjectStore> => wrap(createMemoryVersions().store);
  objectStoreContract(name, create, { keepsVersions: true });
}

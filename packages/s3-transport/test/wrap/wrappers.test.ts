// Every wrapper keeps the promises of the store in it, its receipts and its clock among them.
import { objectStoreContract, versionedStoreContract } from "../../src/contract/index.ts";
import {
  type ObjectStore,
  withContentMd5,
  withPrefix,
  withRetry,
  withStorageClass,
  withUploadLimit,
  withVersionPrefix,
  withVersionRetry,
} from "../../src/index.ts";
import { createMemoryVersions } from "../../src/memory/index.ts";

const objectLock = { mode: "GOVERNANCE", days: 1 } as const;
const WRAPPERS: Readonly<Record<string, (store: ObjectStore) => ObjectStore>> = {
  withRetry: (store) => withRetry(store),
  withContentMd5: (store) => withContentMd5(store, { provider: "ceph", objectLock }),
  withStorageClass: (store) => withStorageClass(store, "COLD"),
  withUploadLimit: (store) => withUploadLimit(store, () => 1_000_000_000),
  withPrefix: (store) => withPrefix(store, "site-a/"),
};

for (const [name, wrap] of Object.entries(WRAPPERS)) {
  const create = async (): Promise<ObjectStore> => wrap(createMemoryVersions().store);
  objectStoreContract(name, create, { keepsVersions: true });
}

versionedStoreContract("withVersionRetry", async () => {
  const { store, versions } = createMemoryVersions();
  return { store, versions: withVersionRetry(versions) };
});

versionedStoreContract("withVersionPrefix", async () => {
  const { store, versions } = createMemoryVersions();
  return { store: withPrefix(store, "site-a/"), versions: withVersionPrefix(versions, "site-a/") };
});

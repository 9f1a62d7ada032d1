import { expect, test } from "vitest";
import {
  bytesBody,
  StoreError,
  type StoredVersion,
  type VersionedStore,
  withVersionRetry,
} from "../../src/index.ts";
import { createMemoryVersions } from "../../src/memory/memory-versions.ts";

const passing = new StoreError("throttled", "slow down", { permanent: false });

test.each([1, 2, 3, 4, 5])(
  "A list of versions that fails after each %i has every version once",
  async (count) => {
    const { store, versions } = createMemoryVersions();
    for (const key of ["a", "b", "b", "b", "c", "c"])
      await store.put(key, bytesBody(Buffer.from(key)));
    let failures = 0;
    const flaky: VersionedStore = {
      ...versions,
      async *listVersions(...args) {
        let given = 0;
        for await (const version of versions.listVersions(...args)) {
          // Counted by what is new: as long as something comes of it, it is tried again.
          if (given++ === count + failures && failures++ < 3) throw passing;
          yield version;
        }
      },
    };
    const whole = await listed(versions);
    const again = withVersionRetry(flaky, { attempts: 5, wait: async () => {} });
    expect(await listed(again)).toEqual(whole);
    expect(failures).toBeGreaterThan(0);
  },
);

async function listed(versions: VersionedStore): Promise<StoredVersion[]> {
  const found: StoredVersion[] = [];
  for await (const version of versions.listVersions("")) found.push(version);
  return found;
}

import { expect, test } from "vitest";
import { StoreError, withBucketRetry } from "../../src/index.ts";

const RETRIES = { attempts: 3, wait: async (): Promise<void> => {} };

test.each(["throttled", "clock"] as const)(
  "a list of buckets that failed by %s is tried again",
  async (code) => {
    let calls = 0;
    const lister = withBucketRetry(
      {
        listBuckets: async () => {
          if (++calls === 1) throw new StoreError(code, "Not now.", { permanent: false });
          return ["offsite"];
        },
      },
      RETRIES,
    );
    expect(await lister.listBuckets()).toEqual(["offsite"]);
  },
);

test("a list of buckets that is refused is not", async () => {
  let calls = 0;
  const lister = withBucketRetry(
    {
      listBuckets: async () => {
        calls++;
        throw new StoreError("denied", "Never.", { permanent: true });
      },
    },
    RETRIES,
  );
  await expect(lister.listBuckets()).rejects.toMatchObject({ code: "denied" });
  expect(calls).toBe(1);
});

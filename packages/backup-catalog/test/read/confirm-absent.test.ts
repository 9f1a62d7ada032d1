import { bytesBody, type ObjectStore, StoreError } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { beforeEach, expect, test } from "vitest";
import { confirmAbsent } from "../../src/read/confirm-absent.ts";

let store: ObjectStore;
beforeEach(async () => {
  store = createMemoryStore();
  await store.put("there", bytesBody(Buffer.from("x")));
});

/** As S3 answers a key that may list below a prefix alone. */
function denying(): ObjectStore {
  const get = async (): Promise<never> =>
    await Promise.reject(new StoreError("denied", "403 AccessDenied", { permanent: true }));
  return { ...store, get };
}

test("what is asked for and not there is absent", async () => {
  expect(await confirmAbsent(store, ["there.not", "gone"], {})).toBeUndefined();
});

test("what is there after all makes lists unsteady", async () => {
  const asked = confirmAbsent(store, ["gone", "there"], {});
  await expect(asked).rejects.toMatchObject({ code: "unsteady" });
});

test("a key that is answered 403 is looked for by a list of its own", async () => {
  expect(await confirmAbsent(denying(), ["gone", "ther"], {})).toBeUndefined();
  const asked = confirmAbsent(denying(), ["there"], {});
  await expect(asked).rejects.toMatchObject({ code: "unsteady" });
});

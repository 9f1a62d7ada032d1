import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { expect, test } from "vitest";
import { verify } from "../../src/verify/verify.ts";
import { recordingOutput } from "../recording-output.ts";
import { siteOf } from "../site-of.ts";
import { attemptOf, storeArchive } from "../store-archive.ts";
import { PLAIN_VAULT } from "../vault.ts";

const ASKED = {
  host: undefined,
  number: undefined,
  attempt: undefined,
  data: undefined,
  config: undefined,
  json: false,
  quiet: false,
  test: false,
  list: false,
};

test("Of a host that was asked for it says that it has incomplete archives alone", async () => {
  const place = { store: createMemoryStore(), vault: PLAIN_VAULT };
  await storeArchive(place, { host: "gandalf", number: 7, attempt: attemptOf(1) });
  const pippin = { host: "pippin", number: 1, attempt: attemptOf(1) };
  await storeArchive(place, pippin, { without: "head" });
  const output = recordingOutput();
  const asked = { ...ASKED, host: "pippin" };
  expect(await verify(asked, siteOf(place.store), output)).toBe("nothing-matched");
  expect(output.results).toEqual([
    "There is no archive of pippin to verify in s3://bucket/: what is there is incomplete.\n",
  ]);
});

test("Ages are by the store's clock: this machine's may be years behind", async () => {
  const store = createMemoryStore();
  await storeArchive(
    { store, vault: PLAIN_VAULT },
    { host: "gandalf", number: 7, attempt: attemptOf(1) },
  );
  const later = new Date(Date.now() + 900 * 86_400_000);
  const output = recordingOutput();
  expect(await verify(ASKED, siteOf({ ...store, now: () => later }), output)).toBe("done");
  expect(output.results.join("")).toMatch(/^gandalf +7 +900 days ago /m);
});

import { StoreError } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { parseSettings } from "@backuppc-archive-s3/settings";
import { expect, test } from "vitest";
import { checkPassphrase } from "../../src/doctor/check-passphrase.ts";
import { attemptOf, storeArchive } from "../store-archive.ts";
import { PLAIN_VAULT } from "../vault.ts";

const SETTINGS = parseSettings('bucket = "b"\npassphrase = "hunter2"', "/etc/b.toml");
const UNTRIED = {
  state: "ok",
  message: "can be read; not tried: there is no archive that this key may read",
};

test("An archive that needs no passphrase shows nothing of it", async () => {
  const store = createMemoryStore();
  const id = { host: "gandalf", number: 7, attempt: attemptOf(1) };
  await storeArchive({ store, vault: PLAIN_VAULT }, id);
  expect(await checkPassphrase(SETTINGS, store)).toMatchObject({
    state: "ok",
    message: "can be read; not tried: the newest archive, gandalf 7, needs none",
  });
});

test("Archives that are all incomplete are none to try it on", async () => {
  const store = createMemoryStore();
  const id = { host: "gandalf", number: 7, attempt: attemptOf(1) };
  await storeArchive({ store, vault: PLAIN_VAULT }, id, { without: "head" });
  expect(await checkPassphrase(SETTINGS, store)).toMatchObject(UNTRIED);
});

test.each([
  ["denied", UNTRIED],
  ["unreachable", { state: "unknown", message: "no" }],
] as const)(
  "A store whose answer is %s says nothing against the passphrase",
  async (code, found) => {
    const list = (): never => {
      throw new StoreError(code, "no", { permanent: true });
    };
    expect(await checkPassphrase(SETTINGS, { ...createMemoryStore(), list })).toMatchObject(found);
  },
);

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateKey } from "openpgp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readFingerprints, readPublicKeys } from "../../src/index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fingerprints-"));
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

test("reads the fingerprint of a key that has expired", async () => {
  const past = new Date(Date.now() - 1_000_000);
  const { publicKey } = await generateKey({
    userIDs: [{ name: "Alice" }],
    date: past,
    keyExpirationTime: 60,
    format: "object",
  });
  const file = join(folder, "expired.asc");
  await writeFile(file, publicKey.armor());
  await expect(readPublicKeys([file])).rejects.toMatchObject({ code: "key-unusable" });
  expect(await readFingerprints([file, file])).toEqual([publicKey.getFingerprint().toUpperCase()]);
});

test("refuses a file that holds no public key, and one that is not there", async () => {
  const file = join(folder, "text");
  await writeFile(file, "nothing");
  await expect(readFingerprints([file])).rejects.toMatchObject({ code: "key-file" });
  await expect(readFingerprints([join(folder, "absent")])).rejects.toMatchObject({
    code: "key-file",
  });
});

import { createGpgHome } from "../src/home/index.ts";
import { fuzz } from "@backuppc-archive-s3/test-rig/fuzz";
import { beforeAll, expect, test } from "vitest";
import {
  createSigningKey,
  decryptDataKey,
  EncryptionError,
  newDataKey,
  openSigner,
  readSigners,
  type SigningKey,
} from "../src/index.ts";
import { checkKey } from "../src/public-keys/check-key.ts";
import { keysOfFile } from "../src/public-keys/keys-of-file.ts";
import { weakDataKeyMessage } from "./weak-data-key-message.ts";

let binary: Uint8Array;
let armored: Uint8Array;
let key: SigningKey;
beforeAll(async () => {
  const home = await createGpgHome();
  const fingerprint = await home.makeKey("cv25519");
  binary = await home.export([fingerprint]);
  armored = await home.export([fingerprint], "--armor");
  await home.remove();
  key = await createSigningKey();
});

test("The data key's message: whatever the bytes are, the data key or a typed error", async ({
  task,
}) => {
  const dataKey = newDataKey();
  const tally = await fuzz({
    samples: [weakDataKeyMessage(dataKey, "secret")],
    parse: async (bytes) => {
      // Of the header alone: a byte there can ask for 65 MB to be digested.
      expect(await decryptDataKey(bytes, "secret")).toBe(dataKey);
      return true;
    },
    refusals: [EncryptionError],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "OpenPGP: data key messages", ...tally } });
});

test("Files of public keys: whatever is in them, keys that can be encrypted to or a typed error", async ({
  task,
}) => {
  const now = new Date();
  const tally = await fuzz({
    samples: [binary, armored],
    parse: async (bytes) => {
      const keys = await keysOfFile(bytes, "keys.asc");
      return await Promise.all(keys.map((each) => checkKey(each, "keys.asc", now)));
    },
    refusals: [EncryptionError],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "OpenPGP: public keys", ...tally } });
});

test("Signers' keys: whatever the text is, keys that can be trusted or a typed error", async ({
  task,
}) => {
  const tally = await fuzz({
    samples: [key.public],
    parse: async (bytes) => await readSigners([Buffer.from(bytes).toString()]),
    refusals: [EncryptionError],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "OpenPGP: signers' keys", ...tally } });
});

test("A secret signing key: whatever the text is, a signer or a typed error", async ({ task }) => {
  const tally = await fuzz({
    samples: [key.secret],
    parse: async (bytes) => await openSigner(Buffer.from(bytes).toString()),
    refusals: [EncryptionError],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "OpenPGP: secret signing keys", ...tally } });
});

test("Signatures: whatever the bytes are, none but one of this key over these bytes is one", async ({
  task,
}) => {
  const bytes = Buffer.from('{"format":1}\n');
  const signer = await openSigner(key.secret);
  const verifier = await readSigners([key.public]);
  const [signature, another] = [await signer.sign(bytes), await signer.sign(Buffer.from("other"))];
  expect(await verifier.verify(bytes, another)).toBeUndefined();
  const tally = await fuzz({
    samples: [signature],
    parse: async (changed) => {
      const by = await verifier.verify(bytes, changed);
      if (by === undefined) return undefined;
      expect(by).toBe(key.fingerprint);
      expect(await verifier.verify(Buffer.from("other"), changed)).toBeUndefined();
      return true;
    },
    refusals: [],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "OpenPGP: signatures", ...tally } });
});

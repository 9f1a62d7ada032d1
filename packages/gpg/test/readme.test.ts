import { createGpgHome } from "../src/home/index.ts";
import { runReadmeExample } from "@backuppc-archive-s3/test-rig";
import { expect, test } from "vitest";
import {
  createEncryptorPool,
  encryptDataKey,
  type EncryptorPoolOptions,
  newDataKey,
  type PublicKey,
  type Recipients,
} from "../src/index.ts";
import { makePublicKeys } from "../src/contract/make-public-keys.ts";

test("The README's example writes OpenPGP messages that open either way", async () => {
  const files = new Map<string, Uint8Array>();
  const owner = await createGpgHome();
  await runReadmeExample(new URL("../README.md", import.meta.url), {
    createEncryptorPool: (recipients: Recipients, options: EncryptorPoolOptions) =>
      createEncryptorPool(recipients, {
        ...options,
        workerFile: new URL("../dist/threads/worker.js", import.meta.url),
      }),
    encryptDataKey,
    newDataKey,
    readPublicKeys: (): Promise<PublicKey[]> => makePublicKeys(owner, ["cv25519"]),
    passphrase: "secret",
    chunk: Buffer.from("a chunk"),
    writeFile: (name: string, bytes: Uint8Array) => files.set(name, bytes),
  });
  const [key, chunk] = ["KEY.1.gpg", "chunk.gpg"].map((name) => files.get(name) ?? Buffer.alloc(0));
  expect((await owner.decrypt(chunk ?? Buffer.alloc(0))).toString()).toBe("a chunk");
  await owner.remove();
  const stranger = await createGpgHome();
  const dataKey = (await stranger.decrypt(key ?? Buffer.alloc(0), "secret")).toString();
  expect((await stranger.decrypt(chunk ?? Buffer.alloc(0), dataKey)).toString()).toBe("a chunk");
  await stranger.remove();
});

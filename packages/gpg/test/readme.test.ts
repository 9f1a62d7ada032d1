import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createGpgHome, runReadmeExample } from "@backuppc-archive-s3/test-rig";
import { expect, test } from "vitest";
import {
  createSealerPool,
  type PublicKey,
  readPublicKeys,
  type Recipients,
  type SealerPoolOptions,
} from "../src/index.ts";

test("The README's example writes an OpenPGP message that opens either way", async () => {
  const pieces: Uint8Array[] = [];
  const gpg = await createGpgHome();
  const offsite = join(gpg.folder, "offsite.asc");
  await writeFile(offsite, await gpg.export([await gpg.makeKey("cv25519")], "--armor"));
  await runReadmeExample(new URL("../README.md", import.meta.url), {
    createSealerPool: (recipients: Recipients, options: SealerPoolOptions) =>
      createSealerPool(recipients, {
        ...options,
        workerFile: new URL("../dist/threads/worker.js", import.meta.url),
      }),
    readPublicKeys: (): Promise<PublicKey[]> => readPublicKeys([offsite]),
    passphrase: "secret",
    source: (async function* () {
      yield Buffer.from("a chunk");
    })(),
    file: { write: (piece: Uint8Array) => pieces.push(piece) },
  });
  const sealed = Buffer.concat(pieces);
  expect((await gpg.decrypt(sealed)).toString()).toBe("a chunk");
  await gpg.remove();
  const stranger = await createGpgHome();
  expect((await stranger.decrypt(sealed, "secret")).toString()).toBe("a chunk");
  await stranger.remove();
});

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { decryptDataKey } from "@backuppc-archive-s3/gpg";
import { createS3Store } from "@backuppc-archive-s3/s3-transport";
import { BenchError } from "../bench-error.ts";
import type { Scene } from "../contender/scene.ts";
import type { ObservedStore } from "../store/observed-store.ts";

/** Writes the data key of the one archive in a store to `data-key`, as gpg reads a passphrase. */
export async function writeDataKey(
  { folder, passphraseFile }: Scene,
  { target }: ObservedStore,
): Promise<void> {
  const { endpoint, region, bucket, accessKeyId, secretAccessKey } = target;
  const credentials = { accessKeyId, secretAccessKey };
  const objects = createS3Store({ endpoint, region, bucket, credentials });
  const passphrase = (await readFile(passphraseFile, "utf8")).trim();
  for await (const { key } of objects.list("archives/")) {
    if (!key.endsWith("/KEY.1.gpg")) continue;
    const message = await buffer(await objects.get(key));
    const dataKey = await decryptDataKey(message, passphrase);
    return await writeFile(join(folder, "data-key"), `${dataKey}\n`, { mode: 0o600 });
  }
  throw new BenchError("The archive has no data key.");
}

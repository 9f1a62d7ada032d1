import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { manifestSchema } from "@backuppc-archive-s3/backup-catalog";
import { decryptDataKey } from "@backuppc-archive-s3/gpg";
import { BenchError } from "../bench-error.ts";
import type { Scene } from "../contender/scene.ts";
import type { ObservedStore } from "../store/observed-store.ts";
import { openTarget } from "../store/open-target.ts";

/**
 * Writes what a loop of gpg needs for the one archive in a store: `data-key`, as gpg reads a passphrase, and `order`, the
 * names of its chunks as they follow each other. Gives their number.
 */
export async function writeLoopInput(
  { folder, passphraseFile }: Scene,
  { target }: ObservedStore,
): Promise<number> {
  const passphrase = (await readFile(passphraseFile, "utf8")).trim();
  const dataKey = await decryptDataKey(await record(target, "/KEY.1.gpg"), passphrase);
  await writeFile(join(folder, "data-key"), `${dataKey}\n`, { mode: 0o600 });
  const text = (await record(target, "/manifest.json")).toString();
  const { chunks } = manifestSchema.parse(JSON.parse(text));
  await writeFile(join(folder, "order"), chunks.map(({ name }) => `${basename(name)}\n`).join(""));
  return chunks.length;
}

async function record(target: ObservedStore["target"], end: string): Promise<Buffer> {
  const objects = openTarget(target);
  for await (const { key } of objects.list("archives/")) {
    if (key.endsWith(end)) return await buffer(await objects.get(key));
  }
  throw new BenchError(`The archive has no ${end}.`);
}

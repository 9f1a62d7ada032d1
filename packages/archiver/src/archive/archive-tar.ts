import { setMaxListeners } from "node:events";
import { checkHost } from "@backuppc-archive-s3/backup-catalog";
import { lockHost } from "../folder/lock-host.ts";
import { openFolder } from "../folder/open-folder.ts";
import { openEpoch } from "../index/open-epoch.ts";
import { openSigningKey } from "../signing/open-signing-key.ts";
import type { ArchivedTar, ArchiveOptions } from "./archive-options.ts";
import { checkArchiveOptions } from "./check-archive-options.ts";
import { bindingOf } from "./binding-of.ts";
import { runArchive } from "./run-archive.ts";
import { Cleanup } from "./cleanup.ts";

/**
 * Takes a tar stream off-site: cut into chunks, each compressed and encrypted. Chunks that an earlier archive of the same host has
 * stored, or an earlier run that was interrupted, are not sent again. It needs no right but PutObject, and PutObjectRetention where
 * objects are locked.
 *
 * The archive counts only once its marker is stored, last of all. A run that ended before that has stored chunks for
 * the next one, and nothing else.
 *
 * @throws {ArchiverError}; also `CatalogError`, `StoreError`, `EncryptionError`, what the source throws, and the signal's reason
 *
 * @example
 * const { head } = await archiveTar({ source: tar.stdout, host: "website", number: 1, ...parts });
 * console.log(`${head.newChunks} of ${head.chunks} chunks are new`);
 */
export async function archiveTar(options: ArchiveOptions): Promise<ArchivedTar> {
  const { folder, host, signal, onNotice = () => {} } = options;
  signal?.throwIfAborted();
  const controller = abortedWith(signal);
  checkHost(host);
  checkArchiveOptions(options);
  await openFolder(folder);
  const cleanup = new Cleanup(onNotice);
  try {
    const lock = await lockHost(folder, host);
    cleanup.add(() => lock.release());
    const signer = await openSigningKey(folder);
    const index = await openEpoch({
      folder,
      binding: bindingOf(options, signer.fingerprint),
      writer: options.writer,
      publicKey: signer.publicKey,
      mean: options.mean,
      expectedBytes: options.expectedBytes,
      signal: controller.signal,
      say: onNotice,
    });
    cleanup.add(() => index.close());
    return await runArchive(options, { index, signer, controller, cleanup });
  } finally {
    await cleanup.run();
  }
}

/** A controller of one's own that the signal, which is not aborted yet, aborts too. */
function abortedWith(signal: AbortSignal | undefined): AbortController {
  const controller = new AbortController();
  // Each chunk on its way listens; Node takes more than ten for a leak and warns.
  setMaxListeners(0, controller.signal);
  signal?.addEventListener("abort", () => controller.abort(signal.reason), { once: true });
  return controller;
}

// The program that BackupPC runs. The bundle is one file, so the encryption
// threads run it too.
import { isMainThread } from "node:worker_threads";

if (isMainThread) {
  const { runArchiveHost } = await import("./run.ts");
  await runArchiveHost();
} else {
  await import("@backuppc-archive-s3/gpg/worker");
}

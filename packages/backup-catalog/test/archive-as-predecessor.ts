import { bytesBody, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { predecessorObjects, type PredecessorRun } from "@backuppc-archive-s3/test-rig";

/** Archives a tar as the Python predecessor did. */
export async function archiveAsPredecessor(store: ObjectStore, run: PredecessorRun): Promise<void> {
  for (const { key, bytes } of await predecessorObjects(run))
    await store.put(key, bytesBody(bytes));
}

// The program that BackupPC runs. The bundle is one file, so the encryption
// threads run it too.
import { isMainThread } from "node:worker_threads";
import { quietNode } from "./report/quiet-node.ts";

quietNode();
if (isMainThread) {
  // The SDK warns of its future needs on a Node that runs it well today; every line goes to BackupPC's log.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  const { runArchiveHost } = await import("./run.ts");
  await runArchiveHost();
} else {
  await import("@backuppc-archive-s3/gpg/worker");
}

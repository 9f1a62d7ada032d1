// The program that BackupPC runs.
import { quietNode } from "@backuppc-archive-s3/process";
import { askedText } from "./help.ts";

const text = await askedText(process.argv.slice(2));
if (text === undefined) {
  quietNode();
  // The SDK warns of its future needs on a Node that runs it well today; every line goes to BackupPC's log.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  const { runArchiveHost } = await import("./run.ts");
  await runArchiveHost();
} else process.stdout.write(text);

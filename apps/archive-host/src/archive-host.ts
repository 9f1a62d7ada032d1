// The program that BackupPC runs.
import { quietNode } from "./report/quiet-node.ts";

quietNode();
// The SDK warns of its future needs on a Node that runs it well today; every line goes to BackupPC's log.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
const { runArchiveHost } = await import("./run.ts");
await runArchiveHost();

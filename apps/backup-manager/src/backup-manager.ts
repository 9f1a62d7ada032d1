import { quietNode } from "@backuppc-archive-s3/process";
import { main } from "./main.ts";
import { processOutput } from "./process-output.ts";

quietNode();
// On Node 20 the AWS SDK warns that its next releases need a newer Node: that would be in every mail from
// cron, while ours is bundled and stays as it is. Read when the first client is made.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

process.exitCode = await main(process.argv.slice(2), process.env, processOutput(process));

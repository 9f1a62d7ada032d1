import { main } from "./main.ts";
import { ManagerError } from "./manager-error.ts";
import type { Output } from "./output.ts";

// On Node 20 the AWS SDK warns that its next releases need a newer Node: that would be in every mail from
// cron, while ours is bundled and stays as it is. Read when the first client is made.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

// Each failed write is told to its own callback; unheard, this event would end the program with a stack.
process.stdout.on("error", () => {});

const output: Output = {
  async result(text) {
    await new Promise<void>((resolve, reject) => {
      process.stdout.write(text, (error) => {
        if (error) reject(outputFailed(error));
        else resolve();
      });
    });
  },
  note(line) {
    process.stderr.write(`backup-manager: ${line}\n`);
  },
};

process.exitCode = await main(process.argv.slice(2), process.env, output);

function outputFailed(cause: Error): ManagerError {
  const hint = "Look whether the disk is full or the reader has gone.";
  return new ManagerError(
    "output-failed",
    `the output can't be written: ${cause.message}`,
    hint,
    cause,
  );
}

import type { Context } from "./command-line/command.ts";
import { parseCommandLine } from "./command-line/parse.ts";
import type { Output } from "./output.ts";

/**
 * Does what the command line says.
 *
 * @param args without the program's own name
 * @returns the exit status
 */
export async function main(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  output: Output,
): Promise<number> {
  try {
    const parsed = await parseCommandLine(args);
    if ("text" in parsed) {
      await output.result(parsed.text);
      return 0;
    }
    const { run } = await import("./run.ts");
    const { exitStatusOf } = await import("./exit-status.ts");
    return exitStatusOf(await run(parsed, contextOf(parsed.asked.config, environment, output)));
  } catch (error) {
    const { errorLine } = await import("./text/error-line.ts");
    output.note(errorLine(error));
    const { exitStatusOfError } = await import("./exit-status.ts");
    return exitStatusOfError(error);
  }
}

/** What a command needs is loaded with it: together it is slow. */
function contextOf(
  config: string | undefined,
  environment: NodeJS.ProcessEnv,
  output: Output,
): Context {
  return {
    environment,
    output,
    async site() {
      const { openSite } = await import("./open-site.ts");
      return await openSite(config, environment, (line) => output.note(line));
    },
  };
}

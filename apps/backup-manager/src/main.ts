import type { Context, Request } from "./command-line/command.ts";
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
    const { config } = parsed.asked;
    const work = async (heard: Output): Promise<number> =>
      await statusOf(parsed, contextOf(config, environment, heard));
    if (!parsed.hasAlarms || parsed.asked.test) return await work(output);
    const { alarmed } = await import("./alarms/alarmed.ts");
    return await alarmed({ name: parsed.command, config, environment, output }, work);
  } catch (error) {
    return await statusOfError(error, output);
  }
}

async function statusOf(request: Request, context: Context): Promise<number> {
  try {
    const { run } = await import("./run.ts");
    const { exitStatusOf } = await import("./exit-status.ts");
    return exitStatusOf(await run(request, context));
  } catch (error) {
    return await statusOfError(error, context.output);
  }
}

async function statusOfError(error: unknown, output: Output): Promise<number> {
  const { errorLine } = await import("./text/error-line.ts");
  output.note(errorLine(error));
  const { exitStatusOfError } = await import("./exit-status.ts");
  return await exitStatusOfError(error);
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

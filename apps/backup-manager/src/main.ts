import { parseCommandLine, type Parsed } from "./command-line/parse.ts";
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
    await run(await parseCommandLine(args), environment, output);
    return 0;
  } catch (error) {
    output.note(oneLine(error));
    const { exitStatusOf } = await import("./exit-status.ts");
    return exitStatusOf(error);
  }
}

/** What a command needs is loaded with it, so that the help is quick. */
async function run(parsed: Parsed, environment: NodeJS.ProcessEnv, output: Output): Promise<void> {
  if ("text" in parsed) return await output.result(parsed.text);
  const { openSite } = await import("./open-site.ts");
  const site = await openSite(parsed.config, environment);
  if (parsed.command === "script") {
    const { script } = await import("./script/script.ts");
    await script(parsed, site, output);
    if (!parsed.list) return;
  }
  const { list } = await import("./list/list.ts");
  await list(parsed.command === "list" ? parsed : EVERYTHING, site, output);
}

/** What `script --list` lists. */
const EVERYTHING = { host: undefined, number: undefined, json: false };

function oneLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const hint = "hint" in error && typeof error.hint === "string" ? error.hint : "";
  const message = error.message.replaceAll(/\s+/g, " ").replace(/\.?$/, ".");
  return `${message} ${hint}`.trim();
}

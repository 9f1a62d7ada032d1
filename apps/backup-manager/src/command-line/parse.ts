import { ManagerError } from "../manager-error.ts";
import { VERSION } from "../tool.ts";
import { arrange, type Arranged } from "./arrange.ts";
import { plainYargs, type Request } from "./command.ts";
import { usageError } from "./usage-error.ts";

/** A help or version text to be printed, or what shall be done. */
export type Parsed = { readonly text: string } | Request;

/** Options may stand before or after the command. @throws {ManagerError} code `usage` */
export async function parseCommandLine(args: readonly string[]): Promise<Parsed> {
  const arranged = arrange(args);
  if (!("wants" in arranged)) return parseArranged(arranged);
  if (arranged.wants === "version") return { text: `${VERSION}\n` };
  const { helpText } = await import("./help.ts");
  return { text: await helpText(arranged.command?.name) };
}

function parseArranged({ command, options, operands }: Arranged): Request {
  let request: Request | undefined;
  const cli = command.addTo(plainYargs(), operands, (asked) => {
    request = asked;
  });
  try {
    cli
      .strict()
      .fail(refuse)
      .parseSync([command.name, ...options]);
  } catch (error) {
    if (!(error instanceof ManagerError)) throw error;
    throw usageError(error.message, "", command.name);
  }
  if (request === undefined) throw usageError("the command line can't be understood");
  return request;
}

function refuse(message: string | null, error?: Error): never {
  throw usageError(inOurWords(message ?? error?.message ?? "the command line can't be understood"));
}

/** yargs says `Implications failed: attempt -> backup-number`, or that in the words of its file of English. */
function inOurWords(message: string): string {
  const [, option, needed] = /:\s+(\S+) -> (\S+)/.exec(message) ?? [];
  return needed === undefined ? message : `--${option} needs --${needed}`;
}

import type { Context, Request } from "./command-line/command.ts";
import type { Outcome } from "./outcome.ts";

/** Does what was asked for, and lists the archives where that was asked for too. */
export async function run(
  { command, asked, run: runAsked }: Request,
  context: Context,
): Promise<Outcome> {
  const outcome = await runAsked(context);
  if (!asked.list || command === "list") return outcome;
  const { list } = await import("./list/list.ts");
  const listed = await list({ ...EVERYTHING, ...asked }, await context.site(), context.output);
  return outcome === "done" ? listed : outcome;
}

/** What `--list` after another command lists. */
const EVERYTHING = { host: undefined, number: undefined, overdue: undefined, undrilled: undefined };

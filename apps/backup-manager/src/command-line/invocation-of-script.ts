import type { ScriptInvocation } from "./invocation.ts";
import type { OptionValues } from "./option-values.ts";
import { usageError } from "./usage-error.ts";

type Own = Pick<
  ScriptInvocation,
  "target" | "expire" | "incomplete" | "acceptUnverified" | "probe"
>;

/** What script is asked for. @throws {ManagerError} code `usage` */
export function scriptOf(values: OptionValues): Own {
  const { expire = A_DAY, incomplete, acceptUnverified, probe } = values;
  return { target: targetOf(values), expire, incomplete, acceptUnverified, probe };
}

/** The predecessor's default, seconds. */
const A_DAY = 86_400;

function targetOf(values: OptionValues): Own["target"] {
  const { host, number, attempt, filename, all, directory, list, test, json } = values;
  if (all !== (directory !== undefined))
    throw usageError(all ? "--all needs --directory" : "--directory needs --all");
  if (directory !== undefined) {
    if (host !== undefined || filename !== undefined)
      throw usageError("--all goes without --host and --filename");
    return { directory };
  }
  if (host === undefined) throw usageError("script needs --host, or --all");
  const toStdout = filename === undefined && !test;
  if (list && toStdout) throw usageError("--list with script needs --filename or --all");
  if (json && toStdout) throw usageError("--json with script needs --filename or --all");
  return { host, number, attempt, filename };
}

import { count } from "../text/count.ts";
import { localTime } from "../text/local-time.ts";
import { printable } from "../text/printable.ts";
import { type Column, table } from "../text/table.ts";
import { byUrgency, KINDS, nextCommand, type Trouble, type TroubleKind } from "./trouble.ts";

/** What cron mails: what is to be done, then a line for each trouble. `""` where there is none. */
export function mailText(troubles: readonly Trouble[]): string {
  if (troubles.length === 0) return "";
  const sorted = byUrgency(troubles);
  const kinds = [...new Set(sorted.map(({ kind }) => kind))];
  const rows = sorted.map((trouble) => [
    trouble.host === undefined ? "-" : printable(trouble.host),
    trouble.attempt === undefined ? "-" : printable(trouble.attempt),
    trouble.since === undefined ? "-" : localTime(trouble.since),
    printable(trouble.why),
    printable(nextCommand(trouble)),
  ]);
  const todo = kinds.map((kind) => todoOf(kind, sorted)).join("");
  return `What to do (docs/when-mail-comes.md explains each):\n${todo}\n${table(COLUMNS, rows)}`;
}

const COLUMNS: readonly Column[] = ["Hostname", "Attempt", "Since", "Why", "Next command"].map(
  (title) => ({ title, align: "left" }),
);

/** Hosts that are named before they are only counted: the table has them all. */
const MOST = 5;

function todoOf(kind: TroubleKind, troubles: readonly Trouble[]): string {
  const ofKind = troubles.filter((trouble) => trouble.kind === kind);
  const hosts = [...new Set(ofKind.flatMap(({ host }) => host ?? []))];
  const named = hosts.slice(0, MOST).map(printable).join(", ");
  const rest = hosts.length > MOST ? ` and ${count(hosts.length - MOST, "host")} more` : "";
  return `- ${KINDS[kind].todo}${named === "" ? "" : ` (${named}${rest})`}\n`;
}

import type * as z from "zod";
import { count } from "../text/count.ts";
import type { verifyJsonSchema } from "../verify/verify-json.ts";
import type { Trouble } from "./trouble.ts";

type Checked = z.output<typeof verifyJsonSchema>["archives"][number];

/**
 * What a check of archives found: of each host and kind the newest archive, and how many others there are. One lost chunk may hit all
 * archives of a host.
 *
 * @param archives by host, the newest last
 */
export function checkTroubles(archives: readonly Checked[]): Trouble[] {
  const groups = new Map<string, Checked[]>();
  for (const archive of archives) {
    const key = `${archive.result} ${archive.host}`;
    groups.set(key, [...(groups.get(key) ?? []), archive]);
  }
  return [...groups.values()].flatMap((ofGroup) => troubleOf(ofGroup, archives));
}

function troubleOf(ofGroup: readonly Checked[], all: readonly Checked[]): Trouble[] {
  const newest = ofGroup.at(-1);
  if (newest === undefined || newest.result === "intact") return [];
  const { host, number, attempt, started, result, findings, error } = newest;
  const messages = [...new Set(findings.map(({ message }) => message))];
  const more = messages.length > 1 ? ` and ${messages.length - 1} more` : "";
  const others = ofGroup.length > 1 ? ` (and ${count(ofGroup.length - 1, "older archive")})` : "";
  const why = `backup ${number}: ${messages[0] ?? error ?? result}${more}${others}`;
  const about = { host, attempt, since: new Date(started), why };
  if (result === "damaged" && isSuperseded(newest, all))
    return [{ kind: "damaged-older", ...about, number }];
  return [{ kind: result, ...about }];
}

/** A newer archive of the host is good: another one would not bring this one back. */
function isSuperseded({ host, started, legacy }: Checked, all: readonly Checked[]): boolean {
  return (
    !legacy &&
    all.some(
      (other) =>
        other.host === host &&
        other.result === "intact" &&
        other.status === "complete" &&
        other.started > started,
    )
  );
}

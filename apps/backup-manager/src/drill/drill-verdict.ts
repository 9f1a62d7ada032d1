import { count } from "../text/count.ts";
import type { DrilledArchive } from "./drill-archive.ts";

/**
 * What a drill shows: that the archive restores; that it does not, since it is damaged or for another reason; or, with sabotage,
 * whether that was noticed.
 */
export interface DrillVerdict {
  readonly result: "proven" | "damaged" | "failed" | "sabotage noticed" | "sabotage missed";
  /** One line, with the remedy; undefined if it is proven. */
  readonly reason: string | undefined;
}

export function verdictOf(drilled: DrilledArchive, sabotage: boolean): DrillVerdict {
  if (sabotage) return verdictOfSabotage(drilled);
  const { script, differences } = drilled;
  if (!script.isWell) {
    const reason = `the restore script failed: ${reasonIn(script.lines)}`;
    return { result: DAMAGE.test(reason) ? "damaged" : "failed", reason };
  }
  const [first] = differences;
  if (first === undefined) return { result: "proven", reason: undefined };
  const others =
    differences.length === 1 ? "" : `, and ${count(differences.length - 1, "more difference")}`;
  const reason = `what was restored is not what was archived: ${first}${others}. Archive the host again, and keep this archive to find the cause.`;
  return { result: "damaged", reason };
}

/** What the script says of a store that has not what was archived. */
const DAMAGE = /damaged|replaced|forged|not what was archived|does not have it any more/i;

function verdictOfSabotage({ script, sabotaged }: DrilledArchive): DrillVerdict {
  const said = reasonIn(script.lines);
  if (sabotaged === undefined)
    return { result: "failed", reason: `no chunk was fetched, so none could be changed: ${said}` };
  if (script.isWell)
    return {
      result: "sabotage missed",
      reason: `a bit of ${sabotaged} was changed on the way, and the script did not notice. Trust no drill of this version, and report it.`,
    };
  if (!script.lines.some((line) => line.includes(sabotaged)))
    return { result: "failed", reason: `the restore script failed for another reason: ${said}` };
  return {
    result: "sabotage noticed",
    reason: `a bit of ${sabotaged} was changed on the way, by \`drill --sabotage\`, and the script refused the chunk. The drill works; the archive in the store is unchanged.`,
  };
}

/** The last line says why a script ended. */
export function reasonIn(lines: readonly string[]): string {
  const last = lines.findLast((line) => line.trim() !== "") ?? "it printed nothing";
  return last.replace(/^restore\.sh: /, "").replaceAll(/\p{C}/gu, "");
}

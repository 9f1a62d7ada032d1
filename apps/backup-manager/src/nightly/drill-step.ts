import { SOME_MEMBERS } from "../drill/command.ts";
import { drill } from "../drill/drill.ts";
import { drillJsonSchema } from "../drill/drill-json.ts";
import { heard, QUIET, type Step } from "./steps.ts";
import type { Trouble } from "./trouble.ts";

/** Hosts in turn, last: a real restore script, of what the other steps have left. */
export const drillStep: Step = async ({ drill: most }, context) => {
  if (most === 0) return { outcome: "done", troubles: [] };
  const said = heard(context.output);
  const target = { host: undefined, most, within: undefined };
  const alone = { full: undefined, againstBackuppc: false, sabotage: false };
  const asked = { ...QUIET, ...SOME_MEMBERS, ...alone, target };
  const outcome = await drill(asked, { ...context, output: said.output });
  const { drills } = said.read(drillJsonSchema);
  const troubles = drills.flatMap(({ host, attempt, reason }): Trouble[] => {
    if (reason === null) return [];
    return [
      { kind: "not-proven", host, attempt: attempt ?? undefined, since: undefined, why: reason },
    ];
  });
  return { outcome, troubles };
};

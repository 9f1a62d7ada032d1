import type { ZodType } from "zod";
import { deleteJsonSchema } from "../delete/delete-json.ts";
import type { DrillContext } from "../drill/drill.ts";
import { deleteArchives } from "../delete/delete-archives.ts";
import { gc } from "../gc/gc.ts";
import type { Outcome } from "../outcome.ts";
import { type Output, wholeText } from "../output.ts";
import { scriptsForAll } from "../script/scripts-for-all.ts";
import { scriptJsonSchema } from "../script/script-json.ts";
import { verify } from "../verify/verify.ts";
import { verifyJsonSchema } from "../verify/verify-json.ts";
import { checkTroubles } from "./check-troubles.ts";
import type { NightlyInvocation } from "./command.ts";
import type { Trouble } from "./trouble.ts";

/** What a step found: an outcome as of the command alone, and what a person has to see to. */
interface StepEnd {
  readonly outcome: Outcome;
  readonly troubles: readonly Trouble[];
}

export type Step = (asked: NightlyInvocation, context: DrillContext) => Promise<StepEnd>;

export const QUIET = { json: true, quiet: true, test: false, list: false, config: undefined };
const OF_NO_ATTEMPT = { attempt: undefined, since: undefined };

/** Lists alone: first, so that archive-host uploads again what was lost, and that nothing goes because of what is damaged. */
export const verifyStep: Step = async (_, { site, output }) => {
  // The intact ones, too: what to do about an older one depends on them.
  const asked = { ...QUIET, quiet: false, host: undefined, number: undefined, attempt: undefined };
  const said = heard(output);
  const outcome = await verify({ ...asked, data: undefined }, site, said.output);
  return { outcome, troubles: checkTroubles(said.read(verifyJsonSchema).archives) };
};

export const deleteStep: Step = async ({ age, keep }, { site, output }) => {
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const selection = { policy: { ageDays: age, keep, timeZone }, host: undefined };
  const asked = { ...QUIET, selection, purgeVersions: false, start: undefined };
  const said = heard(output);
  const outcome = await deleteArchives(asked, site, said.output);
  const stopped = said
    .read(deleteJsonSchema)
    .hosts.flatMap(({ host, stop }) => (stop === null ? [] : [{ host, why: stop }]));
  const troubles = stopped.map((each) => ({
    kind: "not-deleted" as const,
    ...OF_NO_ATTEMPT,
    ...each,
  }));
  return {
    outcome,
    troubles: [...troubles, ...unexplained("not-deleted", outcome, troubles, said.notes)],
  };
};

export const gcStep: Step = async (_, { site, output }) => {
  const said = heard(output);
  const outcome = await gc({ ...QUIET, host: undefined, purgeVersions: false }, site, said.output);
  return { outcome, troubles: unexplained("not-freed", outcome, [], said.notes) };
};

export const scriptStep: Step = async ({ directory, expire }, { site, output }) => {
  const asked = {
    ...QUIET,
    directory,
    expire,
    incomplete: false,
    acceptUnverified: false,
    probe: true,
    members: [],
  };
  const said = heard(output);
  const outcome = await scriptsForAll(asked, site, said.output);
  const troubles = said.read(scriptJsonSchema).failures.map(({ host, message }) => {
    return { kind: "no-script" as const, host, ...OF_NO_ATTEMPT, why: message };
  });
  return { outcome, troubles };
};

/** What failed, and is in no field of the result: the notes say it. */
function unexplained(
  kind: Trouble["kind"],
  outcome: Outcome,
  explained: readonly Trouble[],
  notes: readonly string[],
): Trouble[] {
  if (outcome !== "failed" || explained.length > 0) return [];
  return notes.map((why) => ({ kind, host: undefined, ...OF_NO_ATTEMPT, why }));
}

/** Keeps what a command prints. */
export function heard(output: Output): {
  readonly output: Output;
  readonly notes: readonly string[];
  read<Value>(schema: ZodType<Value>): Value;
} {
  const results: string[] = [];
  const notes: string[] = [];
  return {
    notes,
    output: {
      progress: (line) => output.progress(line),
      result: async (text) => void results.push(wholeText(text)),
      note: (line) => void notes.push(line),
    },
    read: (schema) => schema.parse(JSON.parse(results.join(""))),
  };
}

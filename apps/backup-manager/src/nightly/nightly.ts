import { StoreError } from "@backuppc-archive-s3/s3-transport";
import type { DrillContext } from "../drill/drill.ts";
import { jsonText } from "../json/json-text.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import { count } from "../text/count.ts";
import { errorLine } from "../text/error-line.ts";
import { localTime } from "../text/local-time.ts";
import type { NightlyInvocation } from "./command.ts";
import { drillStep } from "./drill-step.ts";
import { mailText } from "./mail.ts";
import { nightlyJsonSchema } from "./nightly-json.ts";
import { overdueStep } from "./overdue-step.ts";
import { type ScriptsLife, scriptsUntil } from "./scripts-until.ts";
import { deleteStep, gcStep, scriptStep, type Step, verifyStep } from "./steps.ts";
import { byUrgency, nextCommand, type Trouble } from "./trouble.ts";

/** In this order: what is damaged is known before anything goes, and a script is of what is still there. */
const STEPS: readonly Step[] = [verifyStep, deleteStep, gcStep, scriptStep, overdueStep, drillStep];

/**
 * The nightly job: prints nothing as long as all is well. A step that fails keeps no other from its work, nor the mail from
 * being printed; a store that is away ends it.
 *
 * @throws what the first step threw that failed otherwise, once the mail is printed
 */
export async function nightly(asked: NightlyInvocation, context: DrillContext): Promise<Outcome> {
  const { output } = context;
  const troubles: Trouble[] = [];
  const outcomes: Outcome[] = [];
  const failures: unknown[] = [];
  let away: string | undefined;
  for (const step of STEPS) {
    try {
      const end = await step(asked, context);
      troubles.push(...end.troubles);
      outcomes.push(end.outcome);
    } catch (error) {
      if (error instanceof StoreError) {
        away = await awayText(error, asked.directory);
        outcomes.push("failed");
        break;
      }
      failures.push(error);
    }
  }
  output.progress("");
  await report(troubles, away, asked, output);
  for (const failure of failures.slice(1)) output.note(errorLine(failure));
  if (failures.length > 0) throw failures[0];
  return outcomes.find((outcome) => outcome !== "done" && outcome !== "nothing-matched") ?? "done";
}

/** One line, once: why, and what works meanwhile and until when. */
async function awayText(error: StoreError, directory: string): Promise<string> {
  const works = worksText(await scriptsUntil(directory), directory);
  return `the store cannot be used: ${errorLine(error)} ${works}`;
}

function worksText({ until, expired }: ScriptsLife, directory: string): string {
  if (until === undefined && expired === 0) return "There is no restore script yet.";
  if (until === undefined) return `The restore scripts in ${directory} have expired.`;
  const others = ` ${count(expired, "other script")} ${expired === 1 ? "has" : "have"} expired.`;
  return `The restore scripts in ${directory} work until ${localTime(until)}, once the store answers.${expired === 0 ? "" : others}`;
}

async function report(
  troubles: readonly Trouble[],
  away: string | undefined,
  { json }: NightlyInvocation,
  output: Output,
): Promise<void> {
  if (json) {
    const entries = byUrgency(troubles).map((trouble) => ({
      kind: trouble.kind,
      host: trouble.host ?? null,
      attempt: trouble.attempt ?? null,
      since: trouble.since?.toISOString() ?? null,
      why: trouble.why,
      next: nextCommand(trouble),
    }));
    const result = { format: 1 as const, away: away ?? null, troubles: entries };
    await output.result(jsonText(nightlyJsonSchema, result));
    return;
  }
  if (away !== undefined) output.note(away);
  if (troubles.length > 0) await output.result(mailText(troubles));
}

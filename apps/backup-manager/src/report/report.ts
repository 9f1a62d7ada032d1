import { loadSettings } from "@backuppc-archive-s3/settings";
import { deletePlan } from "../delete/delete-plan.ts";
import { type Drills, readDrills } from "../drill/drill-files.ts";
import { jsonText } from "../json/json-text.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import { writePrivate } from "../script/write-private.ts";
import type { Site } from "../site.ts";
import { storeTime } from "../store-time.ts";
import { count } from "../text/count.ts";
import type { ReportInvocation } from "./command.ts";
import { hostReport } from "./host-report.ts";
import { months } from "./months.ts";
import { reportPage } from "./page/report-page.ts";
import { priceOf } from "./price.ts";
import { type Report, type ReportHost, reportJsonSchema } from "./report-json.ts";
import { reportTroubles } from "./troubles.ts";

/** Writes a page about all archives. It changes nothing in the store, and downloads nothing but heads. */
export async function report(
  asked: ReportInvocation,
  site: Site,
  output: Output,
  environment: NodeJS.ProcessEnv,
): Promise<Outcome> {
  const { config, html, json, quiet, test } = asked;
  const options = { file: config, environment, readOnly: true, manager: true };
  const price = priceOf(await loadSettings(options));
  const found = await gather(asked, price, site, output);
  output.progress("");
  if (json) await output.result(jsonText(reportJsonSchema, found));
  else if (html === "-") await output.result(reportPage(found));
  else if (html !== undefined && !test) await writePrivate(html, reportPage(found));
  if (html === undefined || html === "-" || quiet) return "done";
  const what = `${count(found.hosts.length, "host")}, ${count(found.troubles.length, "thing")} to see to`;
  await output.result(`${html} ${test ? "would have" : "has"} ${what}\n`);
  return "done";
}

async function gather(
  { age, keep, overdue }: ReportInvocation,
  price: Report["price"],
  site: Site,
  output: Output,
): Promise<Report> {
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const policy = { ageDays: age, keep, timeZone };
  const plans = await deletePlan({ policy, host: undefined }, site, output);
  const drills = await readDrills(site.stateDirectory, (line) => output.note(line));
  const now = storeTime(site.store);
  const archived = plans.map((plan) => hostReport(plan, drills.get(plan.host)));
  const found = plans.flatMap(({ archives }) => archives.map(({ archive }) => archive));
  const chunks = plans.flatMap(({ inventory }) => inventory?.chunks ?? []);
  const troubles = await reportTroubles(
    { plans, hosts: archived, drills },
    found,
    overdue,
    site,
    now,
  );
  const hosts = [...archived, ...withoutArchives(archived, troubles, drills)];
  return {
    format: 1,
    written: now.toISOString(),
    store: site.name,
    policy: { age, keep, overdue },
    troubles,
    hosts: hosts.toSorted((a, b) => (a.host < b.host ? -1 : 1)),
    months: months(chunks, now, price?.perGB),
    price,
  };
}

/** Hosts that were never archived, or whose archives vanished: nothing lists them but what is wrong. */
function withoutArchives(
  archived: readonly ReportHost[],
  troubles: Report["troubles"],
  drills: Drills,
): ReportHost[] {
  const rows = new Set(archived.map(({ host }) => host));
  const others = new Set(
    troubles.flatMap(({ host }) => host ?? []).filter((host) => !rows.has(host)),
  );
  const nothing = { archives: [], inventory: undefined, stop: undefined };
  return [...others].map((host) => hostReport({ host, ...nothing }, drills.get(host)));
}

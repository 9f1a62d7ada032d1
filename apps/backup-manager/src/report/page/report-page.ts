import { count } from "../../text/count.ts";
import { localTime } from "../../text/local-time.ts";
import { sentence } from "../../text/sentence.ts";
import type { Report } from "../report-json.ts";
import { hostRow } from "./host-row.ts";
import { text } from "./markup.ts";
import { monthsSection } from "./months-section.ts";
import { STYLE } from "./style.ts";
import { spanOf } from "./timeline.ts";

/** The page: one file without scripts, that fetches nothing. Pure. */
export function reportPage(report: Report): string {
  const { hosts, store, troubles, written } = report;
  const now = new Date(written);
  const span = spanOf(hosts, now);
  const inTrouble = new Set(troubles.map(({ host }) => host));
  // Hosts that need attention stand first.
  const isIn = ({ host }: { readonly host: string }): boolean => inTrouble.has(host);
  const ordered = [...hosts.filter(isIn), ...hosts.filter((host) => !isIn(host))];
  const rows = ordered.map((host) => hostRow(host, report, span, isIn(host)));
  const days = `${localTime(new Date(span.from))} to ${localTime(now)}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>Off-site archives: ${text(summary(report))}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Off-site archives</h1>
<p class="dim">${text(store)}, ${text(localTime(now))}, ${count(hosts.length, "host")}</p>
${attention(report)}<section><h2>Hosts</h2>
<p class="dim">${text(days)}. ${LEGEND}</p>
${rows.join("")}</section>
${monthsSection(report)}</body>
</html>
`;
}

function summary({ troubles }: Report): string {
  return troubles.length === 0 ? "all is well" : `${count(troubles.length, "thing")} to see to`;
}

function attention({ troubles, policy }: Report): string {
  if (troubles.length === 0)
    return `<p>All is well: every host has a good archive of the last ${count(policy.overdue, "day")}.</p>
`;
  const lines = troubles.map(({ host, todo, why, next, since }) => {
    const when = since === null ? "" : ` (since ${text(localTime(new Date(since)))})`;
    const who = host === null ? "" : `<b>${text(host)}</b>: `;
    return `<li>${who}${sentence(text(why.replace(/\.$/, "")) + when)} ${text(todo)} <code>${text(next)}</code>`;
  });
  return `<section class="alarm"><h2>What needs attention</h2><ul>${lines.join("")}</ul></section>
`;
}

const LEGEND = [
  ["good", "M4 14v-12", "good archive"],
  ["poor", "M4 14v-6", "partial, damaged or not verified"],
  ["none", "M4 14v-2", "incomplete"],
  ["new", "M4 14v-9", "uploaded"],
  ["size", "M0 10L14 4", "size"],
]
  .map(
    ([kind, drawn, what]) =>
      `<svg class="key" viewBox="0 0 14 16" aria-hidden="true"><path class="${kind}" d="${drawn}"/></svg> ${what}`,
  )
  .join(", ");

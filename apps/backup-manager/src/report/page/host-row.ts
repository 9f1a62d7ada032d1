import { formatBytes } from "@backuppc-archive-s3/settings";
import { age } from "../../text/age.ts";
import { count } from "../../text/count.ts";
import { localTime } from "../../text/local-time.ts";
import type { Report, ReportHost } from "../report-json.ts";
import { text, timeTag } from "./markup.ts";
import { type Span, timeline } from "./timeline.ts";

/** Archives of which a host's list has a line each: 60 of each of 200 hosts would be too much for a mail. */
const LISTED = 8;

/** A host: what a look has to tell, its timeline, and its newest archives to unfold. @param isTrouble something is to be seen to */
export function hostRow(
  host: ReportHost,
  { written }: Report,
  span: Span,
  isTrouble: boolean,
): string {
  const now = new Date(written);
  const newest =
    host.newestGood === null
      ? '<b class="bad">no good archive</b>'
      : timeTag(host.newestGood, age(new Date(host.newestGood), now));
  const facts: readonly (readonly [name: string, value: string])[] = [
    ["newest good", newest],
    ["drill", drillOf(host, now)],
    ["stored", formatBytes(host.storedBytes)],
    ["next delete", nextDelete(host, written)],
    ...(host.held.until === null ? [] : [["held by deleted ones", heldOf(host.held)] as const]),
  ];
  const list = facts
    .map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`)
    .join("");
  return `<article${isTrouble ? ' class="trouble"' : ""}><h3>${text(host.host)}</h3><dl>${list}</dl>${timeline(host, span)}${newestArchives(host)}</article>
`;
}

function drillOf({ drill }: ReportHost, now: Date): string {
  if (drill === null) return "never";
  const shown = timeTag(drill.time, age(new Date(drill.time), now));
  return drill.result === "proven" ? shown : `<b class="bad">failed</b> ${shown}`;
}

function nextDelete(
  { nextDelete: { archives, bytes, heldUntil } }: ReportHost,
  written: string,
): string {
  if (archives === 0) return "nothing";
  const isOver = heldUntil === null || heldUntil <= written;
  const until = isOver ? "" : `, held until ${timeTag(heldUntil, localTime(new Date(heldUntil)))}`;
  return `${count(archives, "archive")}, ${formatBytes(bytes)}${until}`;
}

function heldOf({ bytes, until }: ReportHost["held"]): string {
  const end = until === null ? "" : ` until ${timeTag(until, localTime(new Date(until)))}`;
  return `${formatBytes(bytes)}${end}`;
}

function newestArchives({ archives }: ReportHost): string {
  if (archives.length === 0) return "";
  const rows = archives
    .slice(-LISTED)
    .toReversed()
    .map(
      ({ number, started, status, good, storedBytes, newBytes, action, why }) =>
        `<tr><td>${number}<td>${text(localTime(new Date(started)))}<td>${statusOf(status, good)}<td>${bytesOf(storedBytes)}<td>${bytesOf(newBytes)}<td>${action === "delete" ? "goes" : "stays"}: ${text(why)}`,
    );
  const more = archives.length - rows.length;
  const summary =
    more > 0
      ? `the newest ${LISTED} of ${archives.length} archives`
      : count(archives.length, "archive");
  return `<details><summary>${summary}</summary><div class="wide"><table><tr><th>backup<th>started<th>status<th>size<th>new<th>next delete${rows.join("")}</table></div></details>`;
}

function statusOf(status: ReportHost["archives"][number]["status"], good: boolean): string {
  if (status !== "complete") return `<b class="bad">${status}</b>`;
  return good ? "complete" : '<b class="bad">complete, not good</b>';
}

function bytesOf(bytes: number | null): string {
  return bytes === null ? "-" : formatBytes(bytes);
}

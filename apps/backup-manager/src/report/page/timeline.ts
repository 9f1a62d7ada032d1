import type { Report, ReportHost } from "../report-json.ts";
import { count } from "../../text/count.ts";

/** Of the drawing, which is stretched to its place. */
const WIDTH = 600;
const [TICKS, BARS] = [14, 26];

/** From when to when every host is drawn, in milliseconds, so that rows can be compared. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** @param now the end */
export function spanOf(hosts: Report["hosts"], now: Date): Span {
  const starts = hosts.flatMap(({ archives }) =>
    archives.map(({ started }) => Date.parse(started)),
  );
  const from = starts.reduce((least, each) => Math.min(least, each), now.getTime() - A_DAY);
  return { from: Math.max(from, now.getTime() - LONGEST), to: now.getTime() };
}

const A_DAY = 86_400_000;
/** Three years: one archive that says 1970 must not press all others into one tick. */
const LONGEST = 3 * 366 * A_DAY;

/**
 * A host's archives in time, as an SVG of a few paths: ticks by status (whole: good, half: partial, or not known to be good, a dot:
 * incomplete), the bytes that each uploaded as bars, and their sizes as a line.
 */
export function timeline({ archives }: ReportHost, span: Span): string {
  const at = ({ started }: { readonly started: string }): number => x(Date.parse(started), span);
  const ticks = { good: "", poor: "", none: "" };
  for (const archive of archives) {
    const kind = archive.status === "incomplete" ? "none" : archive.good ? "good" : "poor";
    const length = { good: TICKS, poor: TICKS / 2, none: 2 }[kind];
    ticks[kind] += `M${at(archive)} ${TICKS}v-${length}`;
  }
  const bars = scaled(archives, ({ newBytes }) => newBytes).map(
    ({ archive, height }) => `M${at(archive)} ${TICKS + BARS + 4}v-${height}`,
  );
  const line = scaled(archives, ({ storedBytes }) => storedBytes).map(
    ({ archive, height }) => `${at(archive)} ${TICKS + BARS + 4 - height}`,
  );
  const paths = [
    path("new", bars.join("")),
    path("size", line.length === 0 ? "" : `M${line.join("L")}`),
    ...Object.entries(ticks).map(([kind, drawn]) => path(kind, drawn)),
  ];
  const height = TICKS + BARS + 6;
  return `<svg viewBox="-3 0 ${WIDTH + 6} ${height}" preserveAspectRatio="none" role="img" aria-label="${label(archives)}">${paths.join("")}</svg>`;
}

type Archive = ReportHost["archives"][number];

/** Heights of bars; the largest is the whole. */
function scaled(
  archives: readonly Archive[],
  bytesOf: (archive: Archive) => number | null,
): { readonly archive: Archive; readonly height: number }[] {
  const known = archives.flatMap((archive) => {
    const bytes = bytesOf(archive);
    return bytes === null ? [] : [{ archive, bytes }];
  });
  const most = known.reduce((max, { bytes }) => Math.max(max, bytes), 1);
  return known.map(({ archive, bytes }) => ({ archive, height: round((bytes / most) * BARS) }));
}

function x(time: number, { from, to }: Span): number {
  const part = (time - from) / Math.max(1, to - from);
  return round(Math.min(1, Math.max(0, part)) * WIDTH);
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}

function path(kind: string, drawn: string): string {
  return drawn === "" ? "" : `<path class="${kind}" d="${drawn}"/>`;
}

function label(archives: readonly Archive[]): string {
  const good = archives.filter((archive) => archive.good).length;
  const incomplete = archives.filter(({ status }) => status === "incomplete").length;
  const poor = archives.length - good - incomplete;
  return `${count(archives.length, "archive")}: ${good} good, ${poor} partial, damaged or not verified, ${incomplete} incomplete`;
}

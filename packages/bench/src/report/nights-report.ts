import { barPlot } from "../plot/bar-plot.ts";
import { median } from "../statistics/median.ts";
import { roundRatio } from "../statistics/round-ratios.ts";
import { markdownTable } from "./markdown-table.ts";
import type { Report } from "./report.ts";

/** What one contender did in one night. */
export interface Night {
  readonly contender: string;
  /** From 1 on. */
  readonly night: number;
  readonly tarBytes: number;
  /** Sent to the store. */
  readonly bytes: number;
  readonly requests: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

type Figure = (night: Night) => number;

const MEGABYTES: Figure = ({ bytes }) => bytes / 1e6;
const SECONDS: Figure = ({ seconds }) => seconds;
const CPU: Figure = ({ cpuSeconds }) => cpuSeconds;
const REQUESTS: Figure = ({ requests }) => requests;

/** The first contender is ours; the nights of each stand in their order. */
export function nightsReport(section: string, measured: readonly Night[]): Report {
  const names = [...new Set(measured.map(({ contender }) => contender))];
  const rows = names.map((name) => measured.filter(({ contender }) => contender === name));
  const bars = rows.map((nights) => ({
    label: nights[0]?.contender ?? "",
    value: sum(nights.slice(1), MEGABYTES) / (nights.length - 1),
  }));
  return {
    section,
    table: [bytesTable(rows), effortTable(rows)].join("\n\n"),
    figures: { ...ratios(rows), ...everyNight(measured) },
    plots: { [`${section}.svg`]: barPlot({ title: "MB sent a night after the first", bars }) },
  };
}

/** A column for each night, and what the nights after the first make up. */
function bytesTable(rows: readonly (readonly Night[])[]): string {
  const [ours = []] = rows;
  const head = ours.map(({ night }) => `night ${night}`);
  const lines = rows.map((nights) => [
    nights[0]?.contender ?? "",
    ...nights.map((night) => MEGABYTES(night).toFixed(1)),
    percent(sum(nights.slice(1), MEGABYTES) / sum(nights.slice(1), TAR)),
    (sum(nights.slice(1), MEGABYTES) / sum(ours.slice(1), MEGABYTES)).toFixed(2),
  ]);
  return markdownTable(["MB sent", ...head, "later nights, of the tar", "ours = 1"], lines);
}

const TAR: Figure = ({ tarBytes }) => tarBytes / 1e6;

function effortTable(rows: readonly (readonly Night[])[]): string {
  const lines = rows.map(([first, ...later]) => [
    first?.contender ?? "",
    ...[SECONDS, CPU, REQUESTS].flatMap((figure) => {
      const digits = figure === REQUESTS ? 0 : 1;
      const before = first === undefined ? Number.NaN : figure(first);
      return [before.toFixed(digits), median(later.map(figure)).toFixed(digits)];
    }),
  ]);
  const head = ["s", "CPU s", "requests"].flatMap((unit) => [`${unit}, night 1`, "later"]);
  return markdownTable(["median of the later nights", ...head], lines);
}

/** What ours takes of what each of the others does, in the nights after the first. */
function ratios([ours = [], ...others]: readonly (readonly Night[])[]): Record<string, number> {
  const later = ours.slice(1);
  return Object.fromEntries(
    others.flatMap(([first, ...theirs]): [string, number][] => [
      [`bytes against ${first?.contender ?? ""}`, sum(later, MEGABYTES) / sum(theirs, MEGABYTES)],
      [
        `time against ${first?.contender ?? ""}`,
        roundRatio(theirs.map(SECONDS), later.map(SECONDS)),
      ],
    ]),
  );
}

function everyNight(measured: readonly Night[]): Record<string, number> {
  const units = { MB: MEGABYTES, s: SECONDS, "CPU s": CPU, requests: REQUESTS };
  return Object.fromEntries(
    measured.flatMap((one) =>
      Object.entries(units).map(([unit, figure]) => [
        `${one.contender}, night ${one.night}, ${unit}`,
        figure(one),
      ]),
    ),
  );
}

function sum(nights: readonly Night[], figure: Figure): number {
  return nights.reduce((total, night) => total + figure(night), 0);
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`;
}

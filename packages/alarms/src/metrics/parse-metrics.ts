import { isMetric } from "./format-metrics.ts";
import type { Sample } from "./sample.ts";

/** The samples of a file that `formatMetrics` wrote. Whatever else is in it is left out: the file is written anew by each run. */
export function parseMetrics(text: string): Sample[] {
  return text.split("\n").flatMap((line) => {
    const [, name = "", pairs = "", digits = ""] = LINE.exec(line) ?? [];
    const value = Number(digits);
    if (!isMetric(name) || digits === "" || !Number.isFinite(value)) return [];
    return [{ name, labels: labelsIn(pairs), value }];
  });
}

const LINE = /^([a-z_]+)(?:\{((?:[a-z_]+="(?:[^"\\]|\\.)*",?)*)\})? (-?[0-9.e+-]+)$/;
const PAIR = /([a-z_]+)="((?:[^"\\]|\\.)*)"/g;

function labelsIn(pairs: string): Record<string, string> {
  const found = [...pairs.matchAll(PAIR)];
  return Object.fromEntries(found.map(([, label = "", text = ""]) => [label, unescaped(text)]));
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/g, (_, character: string) =>
    character === "n" ? "\n" : character,
  );
}

import { escapeXml } from "./escape-xml.ts";

export interface Series {
  readonly label: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface LinePlot {
  readonly title: string;
  /** What the horizontal axis counts. */
  readonly unit: string;
  /** A panel for each, one below the other, on the same scales. */
  readonly series: readonly Series[];
}

const WIDTH = 720;
const PANEL = 130;
const LEFT = 60;
const COLOURS = ["#1f77b4", "#d62728", "#2ca02c", "#9467bd"];

/** Lines over time as an SVG. */
export function linePlot({ title, unit, series }: LinePlot): string {
  const points = series.flatMap((line) => line.points);
  const right = Math.max(...points.map(([x]) => x), 1e-9);
  const top = Math.max(...points.map(([, y]) => y), 1e-9);
  const panels = series.map(({ label, points: drawn }, index) => {
    const base = 40 + (index + 1) * PANEL;
    const line = drawn.map(([x, y]) => {
      const across = LEFT + (x / right) * (WIDTH - LEFT - 20);
      return `${across.toFixed(1)},${(base - (y / top) * (PANEL - 30)).toFixed(1)}`;
    });
    return `<text x="${LEFT}" y="${base - PANEL + 24}">${escapeXml(label)}</text>
<text x="${LEFT - 6}" y="${base - PANEL + 35}" text-anchor="end">${top.toPrecision(3)}</text>
<text x="${LEFT - 6}" y="${base}" text-anchor="end">0</text>
<line x1="${LEFT}" y1="${base}" x2="${WIDTH - 20}" y2="${base}" stroke="#888"/>
<polyline points="${line.join(" ")}" fill="none" stroke="${COLOURS[index % COLOURS.length]}" stroke-width="1.2"/>`;
  });
  const height = 40 + series.length * PANEL + 30;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12">
<rect width="${WIDTH}" height="${height}" fill="#fff"/>
<text x="10" y="20" font-weight="bold">${escapeXml(title)}</text>
${panels.join("\n")}
<text x="${WIDTH - 20}" y="${height - 10}" text-anchor="end">0 to ${right.toPrecision(3)} ${escapeXml(unit)}</text>
</svg>
`;
}

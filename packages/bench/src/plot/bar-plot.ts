import { escapeXml } from "./escape-xml.ts";

export interface BarPlot {
  readonly title: string;
  readonly bars: readonly { readonly label: string; readonly value: number }[];
}

const WIDTH = 720;
const LABELS = 220;
const ROW = 30;

/** Horizontal bars as an SVG, the first one, ours, in another colour. */
export function barPlot({ title, bars }: BarPlot): string {
  const most = Math.max(...bars.map(({ value }) => value));
  const drawn = bars.map(({ label, value }, index) => {
    const y = 40 + index * ROW;
    const width = Math.round((value / most) * (WIDTH - LABELS - 80));
    return `<text x="${LABELS - 10}" y="${y + 15}" text-anchor="end">${escapeXml(label)}</text>
<rect x="${LABELS}" y="${y}" width="${width}" height="20" fill="${index === 0 ? "#1f77b4" : "#aaa"}"/>
<text x="${LABELS + width + 6}" y="${y + 15}">${value.toFixed(0)}</text>`;
  });
  const height = 50 + bars.length * ROW;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="13">
<rect width="${WIDTH}" height="${height}" fill="#fff"/>
<text x="10" y="24" font-weight="bold">${escapeXml(title)}</text>
${drawn.join("\n")}
</svg>
`;
}

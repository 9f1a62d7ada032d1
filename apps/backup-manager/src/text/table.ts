/** A column's title, and where its cells stand. */
export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
}

/** Aligns cells under their titles, two spaces between; no line ends in spaces. */
export function table(columns: readonly Column[], rows: Iterable<readonly string[]>): string {
  return [...tableLines(columns, rows)].join("");
}

/** The lines of {@link table}, one after the other. Asks for the rows twice, and keeps none. */
export function* tableLines(
  columns: readonly Column[],
  rows: Iterable<readonly string[]>,
): Generator<string> {
  const titles = columns.map(({ title }) => title);
  const widths = titles.map(({ length }) => length);
  for (const cells of rows)
    for (const [at, { length }] of cells.entries()) widths[at] = Math.max(widths[at] ?? 0, length);
  const aligned = (cell: string, at: number): string => {
    const width = widths[at] ?? 0;
    return columns[at]?.align === "right" ? cell.padStart(width) : cell.padEnd(width);
  };
  const line = (cells: readonly string[]): string => `${cells.map(aligned).join("  ").trimEnd()}\n`;
  yield line(titles);
  for (const cells of rows) yield line(cells);
}

/** A column's title, and where its cells stand. */
export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
}

/** Aligns cells under their titles, two spaces between; no line ends in spaces. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, at) =>
    lines.reduce((widest, cells) => Math.max(widest, cells[at]?.length ?? 0), 0),
  );
  const aligned = (cell: string, at: number): string => {
    const width = widths[at] ?? 0;
    return columns[at]?.align === "right" ? cell.padStart(width) : cell.padEnd(width);
  };
  return lines.map((cells) => `${cells.map(aligned).join("  ").trimEnd()}\n`).join("");
}

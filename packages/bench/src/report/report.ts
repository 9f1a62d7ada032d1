/** What a measurement tells: a table, and plots by file name. */
export interface Report {
  /** The name of its section in docs/performance.md. */
  readonly section: string;
  /** Markdown. */
  readonly table: string;
  /** SVG by file name. */
  readonly plots: Readonly<Record<string, string>>;
}

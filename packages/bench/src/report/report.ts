/** What a measurement gives: a table, and plots by file name. */
export interface Report {
  /** The name of its section in docs/performance.md. */
  readonly section: string;
  /** Markdown: the table, and lines below it. */
  readonly table: string;
  /** What the summary and other machines' readers look up, by name. */
  readonly figures: Readonly<Record<string, number>>;
  /** SVG by file name. */
  readonly plots: Readonly<Record<string, string>>;
}

/** A manual page, without the markup of any program. */
export interface ManualPage {
  readonly name: string;
  /** 1 for what everybody runs, 5 for files, 8 for what the system runs. */
  readonly section: 1 | 5 | 8;
  /** What follows the name in lists of pages. */
  readonly summary: string;
  readonly parts: readonly ManualPart[];
}

export interface ManualPart {
  readonly heading: string;
  readonly blocks: readonly Block[];
}

/** In texts, what stands in `backquotes` is printed bold. */
export type Block =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "subheading"; readonly text: string }
  | { readonly kind: "lines"; readonly lines: readonly string[] }
  | { readonly kind: "items"; readonly items: readonly Item[] };

/** A term and what it means. */
export type Item = readonly [term: string, meaning: string];

/** The page as a source for man(1): roff with the macros of man(7), in ASCII. */
export function roffOf({ name, section, summary, parts }: ManualPage): string {
  const lines = [
    `.\\" Generated; see CONTRIBUTING.md of backuppc-archive-s3.`,
    `.TH ${quoted(name.toUpperCase())} ${section} "" backuppc\\-archive\\-s3`,
    // Neither hyphens nor wide gaps between words, in which options and paths would be hard to read.
    ".nh",
    ".ad l",
    ".SH NAME",
    `${escaped(name)} \\- ${escaped(summary)}`,
    ...parts.flatMap(({ heading, blocks }) => [`.SH ${quoted(heading)}`, ...blocks.flatMap(block)]),
  ];
  return `${lines.join("\n")}\n`;
}

function block(one: Block): string[] {
  if (one.kind === "text") return [".PP", inline(one.text)];
  if (one.kind === "subheading") return [`.SS ${quoted(one.text)}`];
  if (one.kind === "lines")
    return [".PP", ".RS 4", ".EX", ...one.lines.map(verbatim), ".EE", ".RE"];
  return one.items.flatMap(([term, meaning]) => [
    ".TP",
    `\\fB${escaped(term)}\\fR`,
    inline(meaning),
  ]);
}

/** A text of one line: roff fills the paragraph. */
function inline(text: string): string {
  const parts = text.replaceAll(/\s+/g, " ").split("`");
  const marked = parts.map((part, at) =>
    at % 2 === 0 ? escaped(part) : `\\fB${escaped(part)}\\fR`,
  );
  return guarded(marked.join(""));
}

function verbatim(line: string): string {
  return guarded(escaped(line));
}

/** A dot or a quote at the start of a line would make it a request. */
function guarded(line: string): string {
  return /^[.']/.test(line) ? `\\&${line}` : line;
}

/** An argument of a macro. */
function quoted(text: string): string {
  return `"${escaped(text).replaceAll('"', "\\(dq")}"`;
}

/** So that what is printed can be copied into a shell: roff would make other characters of these. */
function escaped(text: string): string {
  const ascii = text.replaceAll(/[\\\-'^`~]/g, (character) => GLYPHS[character] ?? character);
  return ascii.replaceAll(/[^\n -~]/gu, (character) => {
    const code = character.codePointAt(0)?.toString(16).toUpperCase() ?? "";
    return `\\[u${code.padStart(4, "0")}]`;
  });
}

const GLYPHS: Readonly<Record<string, string>> = {
  "\\": "\\e",
  "-": "\\-",
  "'": "\\(aq",
  "^": "\\(ha",
  "`": "\\(ga",
  "~": "\\(ti",
};

import type { Item } from "./roff.ts";

/** What a help text of yargs says, taken apart. */
export interface Help {
  /** The first paragraph on one line: how the program is called. */
  readonly usage: string;
  /** Paragraphs before the first heading, and those after the examples, each on one line. */
  readonly paragraphs: readonly string[];
  /** Headings with rows below them, such as `Common options`. */
  readonly groups: readonly HelpGroup[];
  /** Lines as they are: comments that begin with `# `, and commands. */
  readonly examples: readonly string[];
}

interface HelpGroup {
  readonly heading: string;
  readonly items: readonly Item[];
}

/** Reads what `--help` prints, which is the one source of a program's manual page. */
export function readHelp(text: string): Help {
  const [usage = "", ...blocks] = text.trimEnd().split(/\n\n+/);
  const groups: HelpGroup[] = [];
  const paragraphs: string[] = [];
  let examples: string[] = [];
  for (const block of blocks) {
    const [first = "", ...rows] = block.split("\n");
    const heading = /^(\w[\w ]*):$/.exec(first)?.[1];
    if (heading === "Examples") examples = rows.map((row) => row.trim());
    else if (heading !== undefined) groups.push({ heading, items: itemsOf(rows) });
    else paragraphs.push(onOneLine(block));
  }
  return { usage: onOneLine(usage), paragraphs, groups, examples };
}

/** A row has its term, two blanks or more, and its meaning, which may go on in rows that are indented further. */
function itemsOf(rows: readonly string[]): Item[] {
  const items: Item[] = [];
  for (const row of rows) {
    const [, term, meaning = ""] = /^ {2,6}(\S+(?: \S+)*)(?: {2,}(.*))?$/.exec(row) ?? [];
    const [before = "", begun = ""] = items.at(-1) ?? [];
    if (term !== undefined) items.push([term, meaning]);
    else items.splice(-1, 1, [before, `${begun} ${row.trim()}`.trim()]);
  }
  return items;
}

function onOneLine(block: string): string {
  return block.replaceAll(/\s*\n\s*/g, " ").trim();
}

/** `Exit status: 0 done, 1 failed, …` as items. */
export function exitStatusOf({ paragraphs }: Help): Item[] {
  const text = paragraphs.find((paragraph) => paragraph.startsWith(EXIT_STATUS)) ?? "";
  return text
    .slice(EXIT_STATUS.length)
    .replace(/\.$/, "")
    .split(/, (?=\d)/)
    .map((one): Item => {
      const [, status = "", meaning = ""] = /^(\d+) (.*)$/.exec(one) ?? [];
      return [status, meaning];
    });
}

const EXIT_STATUS = "Exit status: ";

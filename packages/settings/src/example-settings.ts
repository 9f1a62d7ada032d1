import { type DescribedSetting, describeSettings } from "./describe-settings.ts";

/** The example configuration: every key with what it does; those with a default or that may be left out as comments. */
export function exampleSettings(): string {
  const blocks = describeSettings().map(({ description, settings }) => [
    "",
    ...asComment(description),
    ...settings.flatMap(linesOf),
  ]);
  return `${[...HEAD, ...blocks.flat()].join("\n")}\n`;
}

const HEAD = [
  "## backuppc-archive-s3: /etc/backuppc-archive-s3/config.toml, root:backuppc, mode 640.",
  "## A line that begins with ## explains, one with # is a key that may be left out; what is shown is",
  "## its default, unless another default is named or there is none.",
];

function linesOf({ key, example, required, default: byDefault }: DescribedSetting): string[] {
  const line = `${key} = ${example}`;
  const isDefault = byDefault === undefined || byDefault === example;
  return [...(isDefault ? [] : [`## Default: ${byDefault}`]), required ? line : `# ${line}`];
}

const WIDTH = 100;

function asComment(text: string): string[] {
  const [first, ...more] = text.split(" ");
  const lines: string[] = [];
  let line = `## ${first}`;
  for (const word of more) {
    const longer = `${line} ${word}`;
    if (longer.length > WIDTH) lines.push(line);
    line = longer.length > WIDTH ? `## ${word}` : longer;
  }
  return [...lines, line];
}

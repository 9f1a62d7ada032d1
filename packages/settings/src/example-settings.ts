import { parse } from "smol-toml";
import { settingsSchema } from "./parse/schema.ts";

/** The example configuration: every key with what it does; those with a default or that may be left out as comments. */
export function exampleSettings(): string {
  const blocks = Object.entries(settingsSchema.shape).map(([key, schema]) => {
    const { description, example } = schema.meta() ?? {};
    const line = `${key} = ${typeof example === "string" ? example : '"…"'}`;
    const { success: mayBeLeftOut, data: byDefault } = schema.safeParse(undefined);
    const { [key]: shown } = parse(line);
    const isDefault = byDefault === undefined || schema.safeParse(shown).data === byDefault;
    return [
      ...(description === undefined ? [] : ["", ...asComment(description)]),
      ...(isDefault ? [] : [`## Default: ${JSON.stringify(byDefault)}`]),
      mayBeLeftOut ? `# ${line}` : line,
    ];
  });
  return `${[...HEAD, ...blocks.flat()].join("\n")}\n`;
}

const HEAD = [
  "## backuppc-archive-s3: /etc/backuppc-archive-s3/config.toml, root:backuppc, mode 640.",
  "## A line that begins with ## explains, one with # is a key that may be left out; what is shown is",
  "## its default, unless another default is named or there is none.",
];

const WIDTH = 100;

function asComment(text: string): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line.length + word.length + 4 > WIDTH) lines.push(word);
    else lines.splice(-1, 1, line === "" ? word : `${line} ${word}`);
  }
  return lines.map((line) => `## ${line}`);
}

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Target } from "./target.ts";

/** What a line of the configuration may say. */
export type Setting = string | number | readonly string[];

/** Writes the configuration of both programs for a store into a folder; gives its path. */
export async function writeConfiguration(
  folder: string,
  target: Target,
  settings: Readonly<Record<string, Setting>> = {},
): Promise<string> {
  const file = join(folder, "config.toml");
  const lines = Object.entries({ ...target, ...settings }).map(
    ([key, value]) => `${key} = ${JSON.stringify(value)}\n`,
  );
  await writeFile(file, lines.join(""), { mode: 0o600 });
  return file;
}

import { dirname } from "node:path";
import { parse, TomlError } from "smol-toml";
import type * as z from "zod";
import { SettingsError } from "../settings-error.ts";
import { contradictions, type Problem, type ReadOptions } from "./contradictions.ts";
import { LEGACY_KEYS, understandLegacy, type Understood } from "./legacy.ts";
import { nearestKey } from "./nearest-key.ts";
import { settingsSchema } from "./schema.ts";
import { type Settings, withPathsFrom } from "./settings.ts";
import { together } from "./together.ts";

/** A file of settings. */
export interface SettingsText {
  readonly text: string;
  readonly fileName: string;
}

type SettingsTexts = readonly [SettingsText, ...SettingsText[]];

/**
 * Reads a configuration in TOML. Relative paths in it begin at the file's folder. Every problem is reported, with file, line and key;
 * of what is no TOML only the first, since nothing after it can be understood.
 *
 * @throws {SettingsError} code `invalid`
 */
export function parseSettings(text: string, fileName: string, options: ReadOptions = {}): Settings {
  return parseTogether([{ text, fileName }], options);
}

/** The same of several files of one folder: what a later one says goes before what an earlier one says. */
export function parseTogether(texts: SettingsTexts, options: ReadOptions = {}): Settings {
  const understood = together(texts.map(understand));
  const parsed = settingsSchema.safeParse(understood.table);
  const wrong = parsed.success ? [] : parsed.error.issues.flatMap((each) => tell(each, understood));
  const problems = [...wrong, ...contradictions(understood, options)];
  if (parsed.success && problems.length === 0)
    return withPathsFrom(dirname(texts[0].fileName), parsed.data);
  const lines = problems.map(({ key, problem }) => `${place(texts, key)}: ${sentence(problem)}`);
  const files = texts.map(({ fileName }) => fileName).join(" or ");
  throw new SettingsError("invalid", lines.join("\n"), `Fix ${files}.`);
}

/** Whether others must not read the file. @throws {SettingsError} code `invalid` */
export function holdsSecret(file: SettingsText): boolean {
  const { table } = understand(file);
  return ["passphrase", "secretAccessKey", "sessionToken"].some((key) => Object.hasOwn(table, key));
}

function understand({ text, fileName }: SettingsText): Understood {
  return understandLegacy(parseToml(text, fileName));
}

function parseToml(text: string, fileName: string): Record<string, unknown> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // Its own message shows the line, and with it perhaps a secret: not even as a cause.
    const where = `${fileName}:${error.line}:${error.column}`;
    const [reason = ""] = error.message.split("\n");
    throw new SettingsError("invalid", `${where}: ${reason}.`, `Fix ${fileName}.`);
  }
}

function tell(issue: z.core.$ZodIssue, { table, written }: Understood): Problem[] {
  if (issue.code === "unrecognized_keys" && issue.path.length === 0) {
    return issue.keys.map((key) => ({ key, problem: unknown(key, table[key]) }));
  }
  const [name = "", index] = issue.path;
  const key = written(String(name));
  if (!Object.hasOwn(table, name)) {
    const problem = `"${key}" is missing: add a line such as ${key} = "backuppc-offsite"`;
    return [{ key, problem }];
  }
  const entry = index === undefined ? "" : `, entry ${entryName(index)},`;
  return [{ key, problem: `"${key}"${entry} ${issue.message}` }];
}

/** A place in a list, counted as people do, or a name in a table, which may hold anything. */
function entryName(index: PropertyKey): string {
  return typeof index === "number" ? String(index + 1) : JSON.stringify(index);
}

function unknown(key: string, value: unknown): string {
  // A name in quotes may hold anything, line ends too.
  const name = JSON.stringify(key);
  const isTable = typeof value === "object" && value !== null && !Array.isArray(value);
  if (isTable) return `there is no section ${name}: keys stand without one`;
  const nearest = nearestKey(key, [...Object.keys(settingsSchema.shape), ...LEGACY_KEYS]);
  return `there is no key ${name}${nearest === undefined ? "" : `; did you mean "${nearest}"?`}`;
}

function sentence(problem: string): string {
  return problem.endsWith("?") ? problem : `${problem}.`;
}

/** File and line of a key, or the file alone where it stands nowhere. */
function place(texts: SettingsTexts, key: string): string {
  const places = texts.flatMap(({ text, fileName }) => {
    const line = text
      .split("\n")
      .findIndex((candidate) => KEY.exec(candidate.trimStart())?.[1] === key);
    return line === -1 ? [] : [`${fileName}:${line + 1}`];
  });
  return places.at(-1) ?? texts[0].fileName;
}

/** At the start of a line without its indentation: `key =`, `"key" =`, `key.more =`, `[key]`. */
const KEY = /^\[{0,2}\s*["']?([^\s"'=.[\]]+)/;

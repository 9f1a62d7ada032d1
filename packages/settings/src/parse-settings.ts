import { closest } from "fastest-levenshtein";
import { parse, TomlError } from "smol-toml";
import type { z } from "zod";
import { understandPredecessor } from "./predecessor.ts";
import { settingsSchema, type Settings } from "./schema.ts";
import { SettingsError } from "./settings-error.ts";

/**
 * Reads a configuration in TOML. Every problem is told, with file, line and key.
 *
 * @throws {SettingsError} code `invalid`
 */
export function parseSettings(text: string, fileName: string): Settings {
  const table = understandPredecessor(parseToml(text, fileName));
  const parsed = settingsSchema.safeParse(table);
  const problems = parsed.success
    ? contradictions(parsed.data)
    : parsed.error.issues.flatMap((issue) => tell(issue, table));
  if (parsed.success && problems.length === 0) return parsed.data;
  const lines = problems.map(({ key, problem }) => `${place(text, fileName, key)}: ${problem}.`);
  throw new SettingsError("invalid", lines.join("\n"), `Mend ${fileName}.`);
}

interface Problem {
  readonly key: string;
  readonly problem: string;
}

function parseToml(text: string, fileName: string): Record<string, unknown> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // Its own message shows the line, and with it perhaps a secret.
    const where = `${fileName}:${error.line}:${error.column}`;
    const [reason = ""] = error.message.split("\n");
    throw new SettingsError("invalid", `${where}: ${reason}.`, `Mend ${fileName}.`);
  }
}

function tell(issue: z.core.$ZodIssue, table: Readonly<Record<string, unknown>>): Problem[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ key, problem: `there is no "${key}"${nearest(key)}` }));
  }
  const [key = ""] = issue.path;
  const name = String(key);
  const problem = Object.hasOwn(table, name)
    ? `"${name}" ${issue.message.replace(/^Invalid input: /, "is wrong: ")}`
    : `"${name}" is missing: add a line such as ${name} = "backuppc-offsite"`;
  return [{ key: name, problem }];
}

function nearest(key: string): string {
  return `; did you mean "${closest(key, Object.keys(settingsSchema.shape))}"?`.replace(/\?$/, "");
}

/** What each key allows by itself, but not together. */
function contradictions(settings: Settings): Problem[] {
  const { passphrase, passphraseFile, passphraseCommand, recipients, encryption } = settings;
  const ways = { passphrase, passphraseFile, passphraseCommand };
  const given = Object.entries(ways).flatMap(([key, value]) => (value === undefined ? [] : [key]));
  const problems: Problem[] = [];
  if (given.length > 1) {
    const problem = `${given.map((key) => `"${key}"`).join(" and ")} exclude each other`;
    problems.push({ key: given[1] ?? "", problem });
  }
  if (encryption === "openpgp" && given.length === 0 && recipients.length === 0) {
    const problem = 'no passphrase: add passphraseFile = "/path", or recipients = ["/path"]';
    problems.push({ key: "encryption", problem });
  }
  if ((settings.accessKeyId === undefined) !== (settings.secretAccessKey === undefined)) {
    const problem = '"accessKeyId" and "secretAccessKey" belong together';
    problems.push({ key: "accessKeyId", problem });
  }
  return problems;
}

/** File and line of a key, or the file alone where it stands nowhere. */
function place(text: string, fileName: string, key: string): string {
  const lines = text.split("\n");
  const line = lines.findIndex((candidate) => candidate.trimStart().split(/[\s=]/, 1)[0] === key);
  return line === -1 ? fileName : `${fileName}:${line + 1}`;
}

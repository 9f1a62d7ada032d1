import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { asFailure, type Finding, ok, warning } from "./finding.ts";
import { findProgram, interpreterOf } from "./find-program.ts";

const CHECK = "cron";
/** cron's own, where a crontab has none. */
const DEFAULT_PATH = "/usr/bin:/bin";
const PROGRAM = /(?:^|\s)((?:\S*\/)?(?:backup-manager|backuppc-archive-s3-nightly))(?=\s|$)/;

/** Whether crontabs that run backup-manager find it, and node: cron has a PATH of its own. @param root for tests */
export async function checkCron(root = "/"): Promise<Finding[]> {
  const folder = join(root, "etc/cron.d");
  const names = await readdir(folder).catch(() => []);
  const files = [join(root, "etc/crontab"), ...names.map((name) => join(folder, name))];
  const findings = await Promise.all(files.map(checkCrontab));
  return findings.flat();
}

async function checkCrontab(file: string): Promise<Finding[]> {
  const text = await readFile(file, "utf8").catch(() => "");
  let path = DEFAULT_PATH;
  let isOurs = false;
  for (const line of text.split("\n")) {
    path = /^\s*PATH\s*=\s*["']?([^"'\s]+)/.exec(line)?.[1] ?? path;
    const program = line.trimStart().startsWith("#") ? undefined : PROGRAM.exec(line)?.[1];
    isOurs ||= program !== undefined;
    const missing = program === undefined ? undefined : await missingFor(program, path);
    if (missing === undefined) continue;
    const message = `${file}: ${missing} is not in cron's PATH ${path}`;
    return [asFailure(warning(CHECK, message, "Add its folder to a line PATH=… above it."))];
  }
  return isOurs ? [ok(CHECK, `${file} finds its programs`)] : [];
}

/** The nightly script runs backup-manager by its name. */
async function missingFor(program: string, path: string): Promise<string | undefined> {
  const isManager = program.endsWith("backup-manager");
  for (const word of isManager ? [program] : [program, "backup-manager"]) {
    const found = await findProgram(word, path);
    if (found === undefined) return word;
    const interpreter = await interpreterOf(found);
    if (interpreter !== undefined && (await findProgram(interpreter, path)) === undefined)
      return interpreter;
  }
  return undefined;
}

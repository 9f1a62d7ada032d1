import { realpath } from "node:fs/promises";
import { runProgram } from "../program/run-program.ts";
import { asFailure, type Finding, ok, warning } from "./finding.ts";
import { findProgram, interpreterOf } from "./find-program.ts";

const CHECK = "node";
/** That the programs need. */
const NEEDED = { major: 20, minor: 19 };

/**
 * Whether BackupPC finds a node that can run archive-host, where that is a script.
 *
 * @param program archive-host
 * @param path where BackupPC's commands find programs
 */
export async function checkNode(program: string, path: string): Promise<Finding[]> {
  const interpreter = await interpreterOf(program);
  return interpreter === undefined ? [] : [await checkInterpreter(interpreter, program, path)];
}

async function checkInterpreter(
  interpreter: string,
  program: string,
  path: string,
): Promise<Finding> {
  const node = await findProgram(interpreter, path);
  const remedy = `Run: ln -sf ${process.execPath} /usr/bin/node`;
  if (node === undefined) {
    const where = interpreter.includes("/") ? "is not there" : `is not in BackupPC's PATH ${path}`;
    return asFailure(warning(CHECK, `${interpreter}, which runs ${program}, ${where}`, remedy));
  }
  const version = await versionOf(node);
  const [major = 0, minor = 0] = version.replace("v", "").split(".").map(Number);
  if (major > NEEDED.major || (major === NEEDED.major && minor >= NEEDED.minor))
    return ok(CHECK, `BackupPC finds ${node}, ${version}`);
  const message = `${node}, which BackupPC finds, is ${version === "" ? "no Node" : version}`;
  return asFailure(warning(CHECK, `${message}; 20.19 or later is needed`, remedy));
}

async function versionOf(node: string): Promise<string> {
  if ((await realpath(node)) === (await realpath(process.execPath))) return process.version;
  const { stdout } = await runProgram(node, ["--version"]).catch(() => ({ stdout: "" }));
  return stdout.trim();
}

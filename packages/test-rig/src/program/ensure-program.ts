import { RigError } from "../rig-error.ts";
import { runProgram, type ProgramResult, type RunOptions } from "./run-program.ts";

/** Runs a program that must succeed; gives what it printed. @throws {RigError} with the end of what it printed */
export async function ensureProgram(
  program: string,
  args: readonly string[],
  options?: RunOptions,
): Promise<string> {
  const result = await startedProgram(program, args, options);
  if (result.status === 0) return result.stdout;
  const end = result.signal ?? `status ${result.status}`;
  throw new RigError("program-failed", `${program} ${args[0] ?? ""} ended with ${end}.`, {
    hint: lastLines(result),
  });
}

async function startedProgram(
  program: string,
  args: readonly string[],
  options: RunOptions | undefined,
): Promise<ProgramResult> {
  try {
    return await runProgram(program, args, options);
  } catch (cause) {
    const hint = "Is its package installed?";
    throw new RigError("missing", `${program} cannot be started.`, { hint, cause });
  }
}

function lastLines({ stdout, stderr }: ProgramResult): string {
  const text = stderr.trim() || stdout.trim();
  return text.split("\n").slice(-10).join("\n");
}

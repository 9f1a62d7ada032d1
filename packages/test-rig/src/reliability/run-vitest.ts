import { spawn } from "node:child_process";
import { once } from "node:events";
import { RigError } from "../rig-error.ts";

/** Runs vitest in the repository. @throws {RigError} code `program-failed` unless all tests pass */
export async function runVitest(args: readonly string[]): Promise<void> {
  const child = spawn("node_modules/.bin/vitest", ["run", ...args], { stdio: "inherit" });
  const [status] = await once(child, "close");
  if (status === 0) return;
  const hint = "What it printed says which test failed.";
  throw new RigError("program-failed", `vitest ended with status ${status}.`, { hint });
}

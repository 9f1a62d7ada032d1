import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { main } from "../../src/main.ts";
import { wholeText } from "../../src/output.ts";
import type { FaultSite, Place } from "./fault-site.ts";

const ARCHIVE_HOST = fileURLToPath(
  new URL("../../../archive-host/dist/archive-host.mjs", import.meta.url),
);

/** What a program ended with, and said. */
export interface Ended {
  readonly status: number;
  /** Its result. */
  readonly result: string;
  /** What it said last. */
  readonly line: string;
}

/** A command of backup-manager, as the program runs it. */
export async function manage({ environment }: Place, args: readonly string[]): Promise<Ended> {
  const results: string[] = [];
  const notes: string[] = [];
  const status = await main(args, environment, {
    result: async (text) => void results.push(wholeText(text)),
    note: (line) => void notes.push(line),
    progress: () => {},
  });
  const result = results.join("");
  return { status, result, line: notes.at(-1) ?? lastLine(result) };
}

export async function archive(site: FaultSite, place: Place): Promise<Ended> {
  const work = join(place.folder, "work");
  const args = [site.tarCreate, "", "", "merlin", "1", "/bin/cat", "", "0000000", work, "0", "*"];
  return await start(process.execPath, [ARCHIVE_HOST, ...args], place);
}

/** Runs the restore script that lies in the place's folder. */
export async function restore(place: Place): Promise<Ended> {
  const script = join(place.folder, "restore.sh");
  return await start("sh", [script, "--tries", "3", join(place.folder, "restored")], place);
}

async function start(program: string, args: readonly string[], place: Place): Promise<Ended> {
  const child = spawn(program, args, {
    env: place.environment,
    cwd: place.folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const output of [child.stdout, child.stderr])
    output.on("data", (data: Buffer) => (said += data.toString()));
  const status = await new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? -1));
  });
  return { status, result: "", line: lastLine(said) };
}

function lastLine(text: string): string {
  return text.trimEnd().split("\n").at(-1) ?? "";
}

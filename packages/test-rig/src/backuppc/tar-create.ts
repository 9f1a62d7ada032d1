import { spawn } from "node:child_process";
import { ended } from "../program/run-program.ts";
import { RigError } from "../rig-error.ts";
import { userOptions } from "./as-user.ts";
import type { BackupPcDetails } from "./backuppc-details.ts";

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
}

/** The command that writes a backup as a tar, to be run as user backuppc. It ends with a line of totals on stderr. */
export function tarCreate(
  { programFolder }: BackupPcDetails,
  host: string,
  number: number,
): Command {
  const args = ["-t", "-h", host, "-n", String(number), "-s", "*", "."];
  return { program: `${programFolder}/BackupPC_tarCreate`, args };
}

/** Unpacks a backup, straight from BackupPC, into `folder`, where its shares appear below their full paths. Gives tarCreate's line of totals. */
export async function extractBackup(
  details: BackupPcDetails,
  host: string,
  number: number,
  folder: string,
): Promise<string> {
  const { program, args } = tarCreate(details, host, number);
  const stdio = ["ignore", "pipe", "pipe"] as const;
  const source = spawn(program, args, { ...userOptions(details), stdio: [...stdio] });
  const tar = spawn("tar", [...unpack, "--directory", folder], {
    stdio: ["pipe", "ignore", "inherit"],
  });
  source.stdout.pipe(tar.stdin);
  const said: Buffer[] = [];
  source.stderr.on("data", (piece: Buffer) => said.push(piece));
  const [created, extracted] = await Promise.all([ended(source), ended(tar)]);
  const lines = Buffer.concat(said).toString("utf8").trim();
  if (created.status !== 0 || extracted.status !== 0) {
    const message = `Backup ${number} of ${host} cannot be unpacked.`;
    throw new RigError("program-failed", message, { hint: lines });
  }
  return lines.split("\n").at(-1) ?? "";
}

const unpack = [
  "--extract",
  "--preserve-permissions",
  "--numeric-owner",
  // BackupPC comes back to a folder after others, which would leave it with the time of the extraction.
  "--delay-directory-restore",
  "--xattrs",
  "--xattrs-include=*",
  // Some sample files are from the future.
  "--warning=no-timestamp",
];

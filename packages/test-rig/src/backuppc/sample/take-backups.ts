import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Say } from "../../say.ts";
import { ensureAsUser } from "../as-user.ts";
import type { BackupPcDetails, SampleHost } from "../backuppc-details.ts";
import { readBackups } from "../read-backups.ts";
import { changeSampleData, sampleVersion, writeSampleData } from "./sample-data.ts";

/** Sees to it that each sample host has its data, a full and an incremental backup. The daemon must run. */
export async function takeBackups(details: BackupPcDetails, say: Say): Promise<void> {
  if (!(await areTaken(details))) {
    for (const host of details.hosts) await startAnew(details, host, say);
    await writeFile(versionFile(details), String(sampleVersion));
  }
  for (const { name } of details.hosts) {
    const backups = await readBackups(details, name);
    say(
      `BackupPC: ${name} has ${backups.map(({ number, type }) => `${number} ${type}`).join(", ")}`,
    );
  }
}

async function areTaken(details: BackupPcDetails): Promise<boolean> {
  const version = await readFile(versionFile(details), "utf8").catch(() => "");
  const all = await Promise.all(details.hosts.map(({ name }) => readBackups(details, name)));
  const types = all.map((backups) => backups.map(({ type }) => type).join(" "));
  return version === String(sampleVersion) && types.every((taken) => taken === "full incr");
}

/** Takes a full backup of a host's folders as they are, in place of all that there are of it. */
export async function takeFull(
  details: BackupPcDetails,
  { name, method }: SampleHost,
  say: Say,
): Promise<void> {
  await rm(join(details.topFolder, "pc", name), { recursive: true, force: true });
  say(`BackupPC: backing up ${name}, by ${method}`);
  // -m: without asking the daemon, which may not have heard of the host yet.
  const dump = `${details.programFolder}/BackupPC_dump`;
  await ensureAsUser(details, dump, ["-v", "-m", "-f", name]);
}

/** Written when all backups are taken, so that a set-up that was cut short starts anew. */
function versionFile({ rigFolder }: BackupPcDetails): string {
  return join(rigFolder, "sample.version");
}

async function startAnew(details: BackupPcDetails, host: SampleHost, say: Say): Promise<void> {
  const { rigFolder, programFolder } = details;
  await rm(join(rigFolder, "data", host.name), { recursive: true, force: true });
  await mkdir(join(rigFolder, "data"), { recursive: true, mode: 0o755 });
  say(`BackupPC: writing the files of ${host.name}`);
  await writeSampleData(host);
  await takeFull(details, host, say);
  // A change in the second of the full backup would not be seen.
  await sleep(1_100);
  await changeSampleData(host, details);
  await ensureAsUser(details, `${programFolder}/BackupPC_dump`, ["-v", "-i", host.name]);
}

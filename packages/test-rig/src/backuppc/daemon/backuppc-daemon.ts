import { chown, mkdir, readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { RigError } from "../../rig-error.ts";
import type { Say } from "../../say.ts";
import { asUser, ensureAsUser } from "../as-user.ts";
import type { BackupPcDetails } from "../backuppc-details.ts";
import { isAlive } from "../../program/is-alive.ts";

const runFolder = "/run/backuppc";

/** Starts BackupPC's daemon, or has the running one read its configuration again. */
export async function startBackupPcDaemon(details: BackupPcDetails, say: Say): Promise<void> {
  const running = await daemonPid(details);
  if (running !== undefined) {
    await ensureAsUser(details, `${details.programFolder}/BackupPC_serverMesg`, [
      "server",
      "reload",
    ]);
    return say(`BackupPC: the daemon runs already, process ${running}`);
  }
  await mkdir(runFolder, { recursive: true });
  await chown(runFolder, details.uid, details.gid);
  await ensureAsUser(details, `${details.programFolder}/BackupPC`, ["-d"]);
  await untilItAnswers(details);
  say(`BackupPC: the daemon runs, process ${await daemonPid(details)}`);
}

/** Milliseconds; on an idle machine it takes a second or two. */
const patience = 120_000;

/** Ends the daemon, which ends what it runs. */
export async function stopBackupPcDaemon(details: BackupPcDetails): Promise<void> {
  const pid = await daemonPid(details);
  if (pid === undefined) return;
  process.kill(pid, "SIGTERM");
  for (const deadline = Date.now() + patience; isAlive(pid); await sleep(50)) {
    if (Date.now() < deadline) continue;
    const hint = `Look at ${details.topFolder}/log/LOG.`;
    throw new RigError("not-ready", `BackupPC's daemon, process ${pid}, does not end.`, { hint });
  }
}

/** The daemon's process id, if it really is one of BackupPC. */
async function daemonPid({ programFolder }: BackupPcDetails): Promise<number | undefined> {
  const pid = Number(await readFile(`${runFolder}/BackupPC.pid`, "utf8").catch(() => ""));
  if (pid === 0 || Number.isNaN(pid)) return undefined;
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return command.split("\0").includes(`${programFolder}/BackupPC`) ? pid : undefined;
}

async function untilItAnswers(details: BackupPcDetails): Promise<void> {
  for (const deadline = Date.now() + patience; Date.now() < deadline; await sleep(50)) {
    const ask = `${details.programFolder}/BackupPC_serverMesg`;
    const { stdout } = await asUser(details, ask, ["status", "info"]);
    if (stdout.startsWith("Got reply:")) return;
  }
  const hint = `Look at ${details.topFolder}/log/LOG.`;
  throw new RigError("not-ready", "BackupPC's daemon does not answer.", { hint });
}

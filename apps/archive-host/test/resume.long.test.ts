// A hundred kills of archives of a real backup, on real parts: `npm run test:long`.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openCatalog } from "@backuppc-archive-s3/backup-catalog";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Killed, killAndResume, type Trial, undisturbed } from "./kill-and-resume.ts";
import { indexedChunks } from "./read-archive.ts";
import { type RealSite, realSite } from "./real-site.ts";

const KILLS = 100;
const { uid, gid, programFolder } = inject("backuppc");

let site: RealSite;
let trial: Trial;
beforeAll(async () => {
  site = await realSite({ chunkSize: "1MiB" });
  trial = {
    command: site.command("gandalf", "1"),
    options: {
      uid,
      gid,
      env: { PATH: "/bin:/usr/bin", BACKUPPC_ARCHIVE_S3_CONFIG: site.configuration },
    },
    store: site.store,
    host: "gandalf",
    index: join(site.folder, "work", "gandalf.index"),
    passphrase: "secret",
    tarSha256: await tarSha256(),
  };
});
afterAll(async () => await site.remove());

async function tarSha256(): Promise<string> {
  const args = ["-t", "-h", "gandalf", "-n", "1", "-s", "*", "."];
  const child = spawn(join(programFolder, "BackupPC_tarCreate"), args, {
    uid,
    gid,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const digest = createHash("sha256");
  for await (const piece of child.stdout) digest.update(piece);
  return digest.digest("hex");
}

/** A moment after the index knows so many chunks, and up to the time that two more take. */
async function momentAfter(chunks: number): Promise<void> {
  const giveUp = performance.now() + 60_000;
  while ((await indexedChunks(trial.index)) < chunks && performance.now() < giveUp) await sleep(2);
  await sleep(Math.random() * 50);
}

test(`${KILLS} kills at random moments: the next run reuses what was stored, and is whole`, async () => {
  await undisturbed(trial);
  const [{ chunks = 0 } = {}] = await openCatalog(trial.store).list();
  const kills: Killed[] = [];
  for (let count = 0; count < KILLS; count++) {
    const known = Math.floor(Math.random() * (chunks + 1));
    kills.push(await killAndResume(trial, async () => await momentAfter(known)));
  }
  const inTheMiddle = kills.filter(({ known, tooLate }) => known > 0 && !tooLate);
  const spared = kills.reduce((sum, { known }) => sum + known, 0);
  process.stderr.write(
    `${KILLS} kills, ${inTheMiddle.length} of them between the first chunk and the marker; ${spared} chunks not stored again\n`,
  );
  expect(inTheMiddle.length).toBeGreaterThan(KILLS / 4);
});

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { type ArchiveSummary, openCatalog } from "@backuppc-archive-s3/backup-catalog";
import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { createGpgHome } from "@backuppc-archive-s3/gpg/home";
import { expect } from "vitest";
import { indexedChunks, type ReadArchive, readArchive } from "./read-archive.ts";

/** How archive-host is run, and where what it stored can be read. */
export interface Trial {
  readonly command: readonly [string, ...string[]];
  readonly options: {
    readonly env: NodeJS.ProcessEnv;
    readonly uid?: number;
    readonly gid?: number;
  };
  readonly store: ObjectStore;
  readonly host: string;
  /** The host's chunk index. */
  readonly index: string;
  readonly passphrase: string;
  /** SHA-256 of the backup's tar. */
  readonly tarSha256: string;
}

/** What a kill hit. */
export interface Killed {
  /** Chunks that the index knew. */
  readonly known: number;
  /** The archive was complete before the kill came. */
  readonly tooLate: boolean;
}

/**
 * Kills archive-host at the moment, with nothing stored before that it knows of, and runs it again. `moment` is asked for
 * when it runs. Expects that no marker stood on an incomplete archive, that chunks which the index knew were not stored
 * again, and that the tar comes back as it was.
 */
export async function killAndResume(trial: Trial, moment: () => Promise<void>): Promise<Killed> {
  await rm(trial.index, { force: true });
  const earlier = await attempts(trial);
  await runAndKill(trial, moment);
  const [killed] = (await archives(trial)).filter(({ id }) => !earlier.has(id.attempt));
  if (killed !== undefined && killed.status !== "incomplete") await expectTheTar(trial, killed);
  const known = await indexedChunks(trial.index);

  const before = await attempts(trial);
  await runToTheEnd(trial);
  const [whole] = (await archives(trial)).filter(({ id }) => !before.has(id.attempt));
  expect(whole?.status).toBe("complete");
  if (whole !== undefined) {
    const { head, names } = await expectTheTar(trial, whole);
    expect(head.newChunks).toBe(new Set(names).size - known);
  }
  return { known, tooLate: killed?.status === "complete" };
}

async function attempts(trial: Trial): Promise<Set<string>> {
  return new Set((await archives(trial)).map(({ id }) => id.attempt));
}

/** A run that nobody disturbs. */
export async function undisturbed(trial: Trial): Promise<void> {
  await runToTheEnd(trial);
}

async function runAndKill(
  { command: [program, ...args], options }: Trial,
  moment: () => Promise<void>,
): Promise<void> {
  const child = spawn(program, args, { ...options, stdio: "ignore", cwd: "/" });
  const ended = once(child, "exit");
  await Promise.race([moment(), ended]);
  child.kill("SIGKILL");
  await ended;
}

async function runToTheEnd({ command: [program, ...args], options }: Trial): Promise<void> {
  const stdio = ["ignore", "pipe", "pipe"] as const;
  const child = spawn(program, args, { ...options, stdio: [...stdio], cwd: "/" });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (piece: Buffer) => (output += piece.toString()));
  }
  const [status] = await once(child, "close");
  expect({ status, output: status === 0 ? "" : output }).toEqual({ status: 0, output: "" });
}

async function archives({ store, host }: Trial): Promise<ArchiveSummary[]> {
  return await openCatalog(store).list({ host });
}

/** Expects that the archive's chunks, opened one by one, are the tar. */
async function expectTheTar(trial: Trial, { id }: ArchiveSummary): Promise<ReadArchive> {
  const { store, passphrase } = trial;
  const archive = await readArchive(store, id, passphrase);
  const digest = createHash("sha256");
  const gpg = await createGpgHome();
  for (const chunk of archive.chunks) digest.update(await gpg.decrypt(chunk, archive.dataKey));
  await gpg.remove();
  expect(digest.digest("hex")).toBe(trial.tarSha256);
  return archive;
}

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { type ArchiveSummary, openCatalog } from "@backuppc-archive-s3/backup-catalog";
import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { expect } from "vitest";

/** How archive-host is run, and where what it stored can be read. */
export interface Trial {
  readonly command: readonly [string, ...string[]];
  readonly options: {
    readonly env: NodeJS.ProcessEnv;
    readonly uid?: number;
    readonly gid?: number;
  };
  readonly store: ObjectStore;
  readonly prefix: string;
  readonly host: string;
  readonly journal: string;
  readonly passphraseFile: string;
  /** SHA-256 of the backup's tar. */
  readonly tarSha256: string;
}

/** What a kill hit. */
export interface Killed {
  /** Chunks that the journal knew. */
  readonly journaled: number;
  /** The archive was whole before the kill came. */
  readonly tooLate: boolean;
}

/**
 * Kills archive-host at the moment, runs it again, and expects that no marker stood on an incomplete archive, that what was
 * journaled was not stored again, and that the tar comes back as it was.
 */
export async function killAndResume(trial: Trial, moment: Promise<void>): Promise<Killed> {
  const known = new Set((await archives(trial)).map(({ id }) => id.attempt));
  await runAndKill(trial, moment);
  const [half] = (await archives(trial)).filter(({ id }) => !known.has(id.attempt));
  if (half !== undefined && half.status !== "unfinalized") await expectTheTar(trial, half);
  const journaled = await journaledKeys(trial);
  const before = await storedAt(trial, journaled);

  await runToTheEnd(trial);
  const fresh = (await archives(trial)).filter(({ id }) => !known.has(id.attempt));
  const whole = fresh.filter(({ status }) => status === "complete");
  for (const archive of whole) await expectTheTar(trial, archive);
  expect(whole.length).toBeGreaterThan(0);
  expect(await storedAt(trial, journaled)).toEqual(before);
  if (journaled.length > 0) expect(whole.map(({ id }) => id.attempt)).toContain(half?.id.attempt);
  return { journaled: journaled.length, tooLate: half?.status === "complete" };
}

/** A run that nobody disturbs. */
export async function undisturbed(trial: Trial): Promise<void> {
  await runToTheEnd(trial);
}

async function runAndKill(
  { command: [program, ...args], options }: Trial,
  moment: Promise<void>,
): Promise<void> {
  const child = spawn(program, args, { ...options, stdio: "ignore", cwd: "/" });
  const ended = once(child, "exit");
  await Promise.race([moment, ended]);
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

async function archives({ store, prefix, host }: Trial): Promise<ArchiveSummary[]> {
  return await openCatalog(store, { prefix }).list({ host });
}

async function journaledKeys({ journal }: Trial): Promise<string[]> {
  const text = await readFile(journal, "utf8").catch(() => "");
  return [...text.matchAll(/"key":"([^"]+)"/g)].map(([, key = ""]) => key);
}

/** When each chunk was stored, by the store's clock. */
async function storedAt({ store, prefix }: Trial, keys: readonly string[]): Promise<string[]> {
  const times: string[] = [];
  for await (const { key, modified } of store.list(`${prefix}chunks/`)) {
    if (keys.includes(key)) times.push(`${key} ${modified.toISOString()}`);
  }
  return times;
}

async function expectTheTar(trial: Trial, { id }: ArchiveSummary): Promise<void> {
  const catalog = openCatalog(trial.store, { prefix: trial.prefix });
  const { chunks } = await catalog.readManifest(id);
  const digest = createHash("sha256");
  for (const { key } of chunks) digest.update(await decrypted(trial, key));
  expect(digest.digest("hex")).toBe(trial.tarSha256);
}

async function decrypted({ store, passphraseFile }: Trial, key: string): Promise<Buffer> {
  const args = ["--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase-file"];
  const gpg = spawn("gpg", [...args, passphraseFile, "--decrypt"], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  const closed = once(gpg, "close");
  Readable.from(await store.get(key)).pipe(gpg.stdin);
  const pieces: Buffer[] = [];
  for await (const piece of gpg.stdout) pieces.push(Buffer.from(piece));
  expect(await closed).toEqual([0, null]);
  return Buffer.concat(pieces);
}

// A hundred kills over seven nights of a changing tree, on Ceph RGW, with delete, gc and verify beside: `npm run test:long`.
import { execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { appendFile, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openCatalog } from "@backuppc-archive-s3/backup-catalog";
import { createS3, type ObjectStore, withRetry } from "@backuppc-archive-s3/s3-transport";
import {
  bucketLocation,
  createBucket,
  listTree,
  writeTarCreate,
} from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { indexedChunks } from "./read-archive.ts";

const NIGHTS = 7;
const KILLS_A_NIGHT = 15;
const HOST = "rivendell";
const run = promisify(execFile);
const rgw = inject("store");
const ARCHIVE_HOST = fileURLToPath(new URL("../dist/archive-host.mjs", import.meta.url));
const MANAGER = fileURLToPath(
  new URL("../../backup-manager/dist/backup-manager.mjs", import.meta.url),
);

let folder: string;
let config: string;
let store: ObjectStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kills-over-nights-"));
  const bucket = basename(folder).toLowerCase();
  await createBucket(rgw, bucket);
  store = withRetry(createS3(bucketLocation(rgw, bucket)).store);
  const { endpoint, region, accessKeyId, secretAccessKey } = rgw;
  const keys = { bucket, endpoint, region, accessKeyId, secretAccessKey };
  const values = {
    ...keys,
    provider: "ceph",
    passphrase: "correct horse",
    chunkSize: "1MiB",
    stateDirectory: join(folder, "work"),
  };
  const lines = Object.entries(values).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
  config = join(folder, "config.toml");
  await writeFile(config, lines.join(""), { mode: 0o600 });
  await writeFile(join(folder, "passphrase"), "correct horse\n", { mode: 0o600 });
  await mkdir(join(folder, "tree"));
  await writeTarCreate(join(folder, "tar-create"), join(folder, "tree"));
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

test("Each archive that is listed as complete restores byte for byte, and chunks of killed runs are not sent again", async () => {
  const stop = new AbortController();
  const managing = manageBeside(stop.signal);
  const trees = new Map<number, string[]>();
  let [kills, known, spared, restored] = [0, 0, 0, 0];
  for (let night = 0; night < NIGHTS; night++) {
    await changeTree(night);
    for (let kill = 0; kill < KILLS_A_NIGHT; kill++) {
      const before = await indexed();
      await archiveAndKill(night);
      kills += 1;
      known += Math.max(0, (await indexed()) - before);
    }
    const stored = await indexed();
    trees.set(night, await listTree(join(folder, "tree")));
    await archive(night);
    const newest = (await complete()).at(-1);
    expect(newest?.id.number).toBe(night);
    spared += (newest?.chunks ?? 0) - (newest?.newChunks ?? 0);
    // Where a killed run had stored anything, not all is new.
    expect(stored === 0 || (newest?.newChunks ?? 0) < (newest?.chunks ?? 0)).toBe(true);
    restored += await restoreAll(trees);
  }
  stop.abort();
  const commands = await managing;
  process.stderr.write(
    `${kills} kills over ${NIGHTS} nights, ${known} chunks of killed runs known to the next, ${spared} reused by the last of a night, ` +
      `${commands} commands beside, ${restored} restores of archives listed as complete\n`,
  );
  expect(commands).toBeGreaterThan(NIGHTS);
});

async function changeTree(night: number): Promise<void> {
  const tree = join(folder, "tree");
  await appendFile(join(tree, "log"), randomBytes(300_000));
  await mkdir(join(tree, `night ${night}`));
  for (let file = 0; file < 40; file++)
    await writeFile(join(tree, `night ${night}`, `file ${file}`), randomBytes(100_000));
  if (night > 1) await rename(join(tree, `night ${night - 1}`), join(tree, `old ${night - 1}`));
  if (night > 3) await rm(join(tree, `old ${night - 2}`), { recursive: true });
}

function command(number: number): [string, string[], { env: NodeJS.ProcessEnv }] {
  const request = [HOST, String(number), "cat", "", "0", join(folder, "work"), "0", "*"];
  const args = [ARCHIVE_HOST, join(folder, "tar-create"), "", "", ...request];
  return [process.execPath, args, { env: { ...process.env, BACKUPPC_ARCHIVE_S3_CONFIG: config } }];
}

async function indexed(): Promise<number> {
  return await indexedChunks(join(folder, "work", `${HOST}.index`)).catch(() => 0);
}

/** At a moment of which some are before the first chunk and some behind the marker. */
async function archiveAndKill(number: number): Promise<void> {
  const [program, args, options] = command(number);
  const child = spawn(program, args, { ...options, stdio: "ignore" });
  const ended = once(child, "exit");
  await Promise.race([sleep(300 + Math.random() * 3000), ended]);
  child.kill("SIGKILL");
  await ended;
}

/** Another process may hold the host's lock for a moment: status 11. */
async function archive(number: number): Promise<void> {
  for (;;) {
    const [program, args, options] = command(number);
    const status = await run(program, args, options).then(
      () => 0,
      (error: unknown) => statusOf(error),
    );
    if (status === 0) return;
    if (status !== 11) throw new Error(`archive-host ended with ${String(status)}`);
    await sleep(200);
  }
}

function statusOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : error;
}

/** Deletes all but the two newest, collects garbage, verifies, again and again. Gives how many commands ended well. */
async function manageBeside(signal: AbortSignal): Promise<number> {
  const commands = [["delete", "--age", "0", "--keep", "2"], ["gc"], ["verify"]];
  let done = 0;
  while (!signal.aborted) {
    for (const args of commands) {
      const ended = await run(process.execPath, [MANAGER, "--config", config, ...args]).then(
        () => 0,
        (error: unknown) => statusOf(error),
      );
      // 4: nothing there yet; 1: the host is being archived.
      if (ended !== 0 && ended !== 1 && ended !== 4)
        throw new Error(`backup-manager ${args.join(" ")} ended with ${String(ended)}`);
      if (ended === 0) done += 1;
      await sleep(100);
    }
  }
  return done;
}

async function complete(): Promise<Awaited<ReturnType<ReturnType<typeof openCatalog>["list"]>>> {
  const archives = await openCatalog(store).list({ host: HOST });
  return archives.filter(({ status }) => status === "complete");
}

/** Restores every archive that is listed; one that is deleted meanwhile is gone, not broken. */
async function restoreAll(trees: ReadonlyMap<number, string[]>): Promise<number> {
  let restored = 0;
  for (const { id } of await complete()) {
    const script = join(folder, "restore.sh");
    const chosen = ["-H", HOST, "-b", String(id.number), "--attempt", id.attempt];
    const args = [MANAGER, "--config", config, "script", ...chosen, "--filename", script];
    const written = await run(process.execPath, args).then(
      () => true,
      () => false,
    );
    if (!written) {
      const listed = (await complete()).some(({ id: { attempt } }) => attempt === id.attempt);
      if (listed) throw new Error(`${id.attempt} is listed, and has no script.`);
      continue;
    }
    const target = join(folder, "restored");
    const restoring = run("sh", [script, "--passphrase-file", join(folder, "passphrase"), target]);
    const failure = await restoring.then(
      () => undefined,
      (error: unknown) => error,
    );
    const gone = !(await complete()).some(({ id: { attempt } }) => attempt === id.attempt);
    if (failure !== undefined && !gone) throw failure;
    if (failure === undefined) {
      expectSame(await listTree(target), trees.get(id.number));
      restored += 1;
    }
    await rm(target, { recursive: true, force: true });
  }
  return restored;
}

function expectSame(restored: string[], archived: string[] | undefined): void {
  expect(restored).toEqual(archived);
}

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { openCatalog } from "@backuppc-archive-s3/backup-catalog";
import { createS3, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import {
  type EmbeddedStore,
  startEmbeddedStore,
  storeScript,
  type StoreScript,
  writeTarCreate,
} from "@backuppc-archive-s3/test-rig";
import { fillTemplate, plainVault } from "./template.ts";

const KEYS = { accessKeyId: "id", secretAccessKey: "s3cr3t" };
const TEMPLATE = "template";
const run = promisify(execFile);

/** A store whose answers are spoilt by script, each case in a bucket of its own that begins as the same archives. */
export interface FaultSite {
  readonly folder: string;
  /** The tree that every archive is of. */
  readonly tree: string;
  /** What stands for BackupPC_tarCreate. */
  readonly tarCreate: string;
  /** A new bucket: with the archives, or empty. */
  begin(bucket: string, how: "archives" | "empty"): Promise<Place>;
  stop(): Promise<void>;
}

export interface Place {
  readonly bucket: string;
  /** A folder for the case alone. */
  readonly folder: string;
  readonly environment: Record<string, string>;
  strike(script: StoreScript): void;
  /** Ends the faults: all keys. */
  keys(): Promise<string[]>;
  /** Ends the faults. How many archives are listed as complete, each with every byte of its tar, or throws. */
  complete(): Promise<number>;
}

/** @param timeout seconds that a program waits for an answer */
export async function openFaultSite(timeout: number): Promise<FaultSite> {
  const folder = await mkdtemp(join(tmpdir(), "store-faults-"));
  const scripts = new Map<string, StoreScript>();
  const store = await startEmbeddedStore({
    directory: join(folder, "store"),
    buckets: [TEMPLATE],
    region: "us-east-1",
    ...KEYS,
    pageSize: 4,
    fault: (request) => scripts.get(request.bucket)?.fault(request),
  });
  const tree = join(folder, "tree");
  await mkdir(tree);
  for (const name of ["a", "b", "c"]) await writeFile(join(tree, name), name.repeat(9000));
  const tarCreate = join(folder, "tar-create");
  await writeTarCreate(tarCreate, tree);
  const { stdout: tar } = await run("tar", ["-C", tree, "-cf", "-", "."], {
    encoding: "buffer",
    maxBuffer: 1e9,
  });
  const vault = await plainVault();
  await writeFile(join(folder, "signer.asc"), vault.publicKey);
  const template = join(folder, "store", TEMPLATE);
  await fillTemplate({ store: s3(store, TEMPLATE), folder: template, tar, vault });
  await writeImpatient(join(folder, "bin"), timeout);
  return {
    folder,
    tree,
    tarCreate,
    begin: async (bucket, how) => {
      const target = join(folder, "store", bucket);
      if (how === "empty") await mkdir(target);
      else await cp(template, target, { recursive: true, preserveTimestamps: true });
      return await placeOf(
        { folder, store, scripts, timeout, tar: how === "empty" ? undefined : tar },
        bucket,
      );
    },
    stop: async () => {
      await store.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Programs of the restore script that wait less. */
async function writeImpatient(bin: string, timeout: number): Promise<void> {
  await mkdir(bin);
  const programs = {
    sleep: "exec /bin/sleep 0.02",
    curl: `exec /usr/bin/curl "$@" --speed-time ${timeout - 1} --max-time ${3 * timeout}`,
  };
  for (const [name, line] of Object.entries(programs)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${line}\n`);
    await chmod(join(bin, name), 0o755);
  }
}

interface Setting {
  readonly folder: string;
  readonly store: EmbeddedStore;
  readonly scripts: Map<string, StoreScript>;
  readonly timeout: number;
  /** What each archive is of, if that is known byte by byte. */
  readonly tar: Buffer | undefined;
}

async function placeOf(
  { folder, store, scripts, timeout, tar }: Setting,
  bucket: string,
): Promise<Place> {
  const own = join(folder, `case-${bucket}`);
  await mkdir(own);
  const config = join(own, "config.toml");
  const { endpoint } = store;
  const values = {
    bucket,
    endpoint,
    ...KEYS,
    encryption: "none",
    chunkSize: "1MiB",
    signers: [join(folder, "signer.asc")],
    stateDirectory: join(folder, "none"),
    timeout,
    attempts: 3,
    retryWait: 0.01,
    patience: "0",
  };
  const lines = Object.entries(values).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
  await writeFile(config, lines.join(""), { mode: 0o600 });
  const objects = s3(store, bucket);
  const PATH = `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`;
  return {
    bucket,
    folder: own,
    environment: { PATH, TZ: "UTC", BACKUPPC_ARCHIVE_S3_CONFIG: config },
    strike: (script) => void scripts.set(bucket, script),
    keys: async () => {
      scripts.set(bucket, storeScript([]));
      const keys: string[] = [];
      for await (const { key } of objects.list("")) keys.push(key);
      return keys;
    },
    complete: async () => {
      scripts.set(bucket, storeScript([]));
      return await countComplete(objects, tar);
    },
  };
}

/** @throws if a chunk of a complete archive is not there, or not what the tar was */
async function countComplete(store: ObjectStore, tar: Buffer | undefined): Promise<number> {
  const catalog = openCatalog(store);
  const archives = (await catalog.list()).filter(({ status }) => status === "complete");
  for (const { id } of archives) {
    const { head } = await catalog.readHead(id);
    const hash = createHash("sha256");
    for (const chunk of (await catalog.readManifest(head)).chunks)
      hash.update(await catalog.readChunk(id.host, chunk));
    if (tar !== undefined && hash.digest("hex") !== createHash("sha256").update(tar).digest("hex"))
      throw new Error(`${id.attempt} is not what was archived`);
  }
  return archives.length;
}

function s3({ endpoint }: EmbeddedStore, bucket: string): ObjectStore {
  const place = { bucket, region: "us-east-1", endpoint, forcePathStyle: true };
  return createS3({ ...place, credentials: KEYS }).store;
}

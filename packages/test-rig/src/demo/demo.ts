// `npm run demo`: a tree goes to S3 and comes back, on a machine that has only
// Node, npm, gpg, curl and tar. The store is the embedded one, and a small
// script stands in for BackupPC_tarCreate; all else is the real thing.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startEmbeddedStore } from "../embedded-store/embedded-store.ts";
import { listTree } from "../list-tree.ts";
import { writeTarCreate } from "../write-tar-create.ts";
import { makeDemoTree } from "./demo-tree.ts";

const run = promisify(execFile);
const REPOSITORY = fileURLToPath(new URL("../../../../", import.meta.url));
const ARCHIVE_HOST = join(REPOSITORY, "apps/archive-host/dist/archive-host.mjs");
const BACKUP_MANAGER = join(REPOSITORY, "apps/backup-manager/dist/backup-manager.mjs");
const CREDENTIALS = { accessKeyId: "demo", secretAccessKey: "demo-secret", region: "us-east-1" };
const BUCKET = "backuppc-offsite";

const folder = await mkdtemp(join(tmpdir(), "backuppc-archive-s3-demo-"));
try {
  await demo();
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function demo(): Promise<void> {
  const tree = join(folder, "tree");
  step("A tree with odd names, links and some megabytes stands in for a host's backup");
  await makeDemoTree(tree);
  tell(await inShell(`echo "$(find . | wc -l) files and folders, $(du -sh . | cut -f1)"`, tree));

  step("An S3 store starts on loopback");
  const store = await startEmbeddedStore({
    directory: join(folder, "store"),
    buckets: [BUCKET],
    ...CREDENTIALS,
  });
  try {
    tell(store.endpoint);
    await archiveAndRestore(tree, store.endpoint);
  } finally {
    await store.stop();
  }
}

async function archiveAndRestore(tree: string, endpoint: string): Promise<void> {
  const work = join(folder, "work");
  await mkdir(work);
  const environment = await writeConfiguration(endpoint, work);
  const tarCreate = join(folder, "BackupPC_tarCreate");
  await writeTarCreate(tarCreate, tree);
  const archive = async (number: string): Promise<void> => {
    const args = [tarCreate, "", "", "frodo", number, "/bin/gzip", ".gz", "4000000"];
    tell(await node([ARCHIVE_HOST, ...args, work, "0", "*"], environment));
  };

  step("archive-host takes backup 1 of host frodo off-site, as BackupPC would have it do");
  tell("(The warning is because no BackupPC is installed here.)");
  await archive("1");

  step("A day later a file is new: archive-host uploads that, and nothing else again");
  await writeFile(join(tree, "new today"), "a day later\n");
  await archive("2");

  step("backup-manager lists it");
  tell(await node([BACKUP_MANAGER, "list"], environment));

  step("What the store holds is encrypted");
  const restore = join(folder, "restore_frodo.sh");
  tell(
    await inShell(
      `echo "$(find store -type f | wc -l) objects, $(du -sh store | cut -f1)"`,
      folder,
    ),
  );

  step("backup-manager writes the restore script");
  const script = ["script", "--host", "frodo", "--backup-number", "2", "--filename", restore];
  await node([BACKUP_MANAGER, ...script], environment);
  tell(`${restore}, ${(await stat(restore)).size} bytes`);

  step("After the fire: sh restore_frodo.sh, with the passphrase and nothing of ours");
  const restored = join(folder, "restored");
  const passphrase = join(folder, "passphrase");
  tell(await inShell(`sh ${restore} --passphrase-file ${passphrase} ${restored} 2>&1`, folder));

  step("Is it the same tree: names, bytes, modes, owners, times, links?");
  await compare(tree, restored);
}

async function writeConfiguration(endpoint: string, work: string): Promise<NodeJS.ProcessEnv> {
  const configuration = join(folder, "config.toml");
  const passphrase = join(folder, "passphrase");
  await writeFile(passphrase, "correct horse battery staple\n", { mode: 0o600 });
  const lines = [
    ["bucket", BUCKET],
    ["region", CREDENTIALS.region],
    ["endpoint", endpoint],
    ["provider", "other"],
    ["accessKeyId", CREDENTIALS.accessKeyId],
    ["secretAccessKey", CREDENTIALS.secretAccessKey],
    ["passphraseFile", passphrase],
    // Where archive-host keeps its signing key.
    ["stateDirectory", work],
  ].map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
  await writeFile(configuration, lines.join(""), { mode: 0o600 });
  return { ...process.env, BACKUPPC_ARCHIVE_S3_CONFIG: configuration };
}

async function compare(tree: string, restored: string): Promise<void> {
  const [before, after] = await Promise.all([listTree(tree), listTree(restored)]);
  const differing = before.filter((line) => !after.includes(line));
  if (differing.length > 0 || before.length !== after.length) {
    throw new Error(`The restored tree differs:\n${differing.join("\n")}`);
  }
  tell(`yes, all ${before.length} entries (${(await readdir(restored)).length} at the top)`);
}

async function node(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  return await output(process.execPath, args, { env });
}

async function inShell(command: string, cwd: string): Promise<string> {
  return await output("sh", ["-c", command], { cwd });
}

async function output(
  program: string,
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string },
): Promise<string> {
  const { stdout } = await run(program, args, { ...options, encoding: "utf8" });
  return stdout;
}

function step(text: string): void {
  process.stdout.write(`\n== ${text}\n`);
}

function tell(text: string): void {
  for (const line of text.trimEnd().split("\n")) process.stdout.write(`   ${line}\n`);
}

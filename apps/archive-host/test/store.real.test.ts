// The whole of archive-host against Ceph RGW: with the fewest rights, and over TLS.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "node:tls";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openCatalog } from "@backuppc-archive-s3/backup-catalog";
import { createS3, withRetry } from "@backuppc-archive-s3/s3-transport";
import {
  bucketLocation,
  type CephRgwDetails,
  createBucket,
  createUploader,
  listenOnLoopback,
  writeTarCreate,
} from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, expect, inject, test } from "vitest";

const run = promisify(execFile);
const rgw = inject("store");
const ARCHIVE_HOST = fileURLToPath(new URL("../dist/archive-host.mjs", import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "archive-host-store-"));
  await mkdir(join(folder, "tree"));
  await writeFile(join(folder, "tree", "a"), Buffer.alloc(5_000_000, "a"));
  await writeTarCreate(join(folder, "tar-create"), join(folder, "tree"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Runs archive-host with these lines in its configuration; gives the last line that it prints. */
async function archive(
  store: CephRgwDetails,
  bucket: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { endpoint, region, accessKeyId, secretAccessKey } = store;
  const keys = { bucket, endpoint, region, accessKeyId, secretAccessKey };
  const values = { ...keys, provider: "ceph", passphrase: "correct horse", chunkSize: "2MiB" };
  const lines = Object.entries(values).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
  const config = join(folder, `${bucket}.toml`);
  await writeFile(config, lines.join(""), { mode: 0o600 });
  const env = { ...process.env, BACKUPPC_ARCHIVE_S3_CONFIG: config, ...environment };
  const tarCreate = join(folder, "tar-create");
  const work = join(folder, "work");
  const args = [tarCreate, "", "", "rivendell", "1", "cat", "", "0", work, "0", "*"];
  const ended = run(process.execPath, [ARCHIVE_HOST, ...args], { env });
  const { stdout } = await ended.catch((error: unknown) => outputOf(error));
  return stdout.trimEnd().split("\n").at(-1) ?? "";
}

function outputOf(error: unknown): { stdout: string } {
  if (error instanceof Error && "stdout" in error) return { stdout: String(error.stdout) };
  throw error;
}

async function statuses(bucket: string): Promise<string[]> {
  const store = withRetry(createS3(bucketLocation(rgw, bucket)).store);
  return (await openCatalog(store).list()).map(({ status }) => status);
}

test("A user who may put objects and nothing else archives two nights, and sends what has changed", async () => {
  const bucket = `archive-host-put-only-${Date.now()}`;
  await createBucket(rgw, bucket);
  const uploader = await createUploader(rgw, bucket);
  expect(await archive(uploader, bucket)).toMatch(/^archived rivendell 1: (\d+) chunks, \1 new, /);
  await writeFile(join(folder, "tree", "b"), randomBytes(100_000));
  expect(await archive(uploader, bucket)).toMatch(
    /^archived rivendell 1: \d+ chunks, [1-3] new, 5\.1 MB of tar, \d{3}\.\d kB uploaded$/,
  );
  expect(await statuses(bucket)).toEqual(["complete", "complete"]);
});

test("Over TLS each body's digest is signed too, and a certificate that nobody vouches for is told at once", async () => {
  const bucket = `tls-${Date.now()}`;
  await createBucket(rgw, bucket);
  const certificate = join(folder, "certificate.pem");
  const key = join(folder, "key.pem");
  const selfSigned = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"];
  const name = ["-subj", "/CN=store", "-addext", "subjectAltName=IP:127.0.0.1"];
  await run("openssl", [...selfSigned, ...name, "-keyout", key, "-out", certificate]);
  let requests = "";
  const options = { key: await readFile(key), cert: await readFile(certificate) };
  const front = createServer(options, (socket) => {
    const store = connect(Number(new URL(rgw.endpoint).port), "127.0.0.1");
    for (const end of [socket, store]) end.on("error", () => {});
    socket.on("data", (data) => {
      requests += data.toString("latin1").split("\r\n\r\n")[0];
    });
    socket.pipe(store).pipe(socket);
  });
  const { port, stop } = await listenOnLoopback(front);
  const tls = { ...rgw, endpoint: `https://127.0.0.1:${port}` };
  try {
    expect(await archive(tls, bucket)).toMatch(
      /^storing .*self-signed certificate .*set `caFile` in the configuration/,
    );
    expect(requests).toBe("");
    const last = await archive(tls, bucket, { NODE_EXTRA_CA_CERTS: certificate });
    expect(last).toMatch(/^archived rivendell 1: /);
  } finally {
    await stop();
  }
  const digests = requests.match(/x-amz-content-sha256: \S+/gi) ?? [];
  // Besides chunks: signing key, canaries, started.json, KEY, members, manifest, sums, head, marker.
  expect(digests.length).toBeGreaterThan(10);
  for (const digest of digests) expect(digest).toMatch(/: [0-9a-f]{64}$/);
  expect(await statuses(bucket)).toEqual(["complete"]);
});

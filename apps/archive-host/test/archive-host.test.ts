// Faults that a real store can't be made to have, and what the user sees of them.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openCatalog } from "@backuppc-archive-s3/backup-catalog";
import { createS3Store } from "@backuppc-archive-s3/s3-transport";
import {
  type EmbeddedStore,
  type Fault,
  S3Failure,
  startEmbeddedStore,
  type StoreRequest,
  writeTarCreate,
} from "@backuppc-archive-s3/test-rig";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const ARCHIVE_HOST = fileURLToPath(new URL("../dist/archive-host.js", import.meta.url));
const BUCKET = "offsite";
const credentials = { accessKeyId: "id", secretAccessKey: "s3cr3t-key" };
const PASSPHRASE = "s3cr3t-phrase";

let folder: string;
let store: EmbeddedStore;
let fault: (request: StoreRequest) => Fault;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "archive-host-"));
  fault = () => undefined;
  store = await startEmbeddedStore({
    directory: join(folder, "store"),
    buckets: [BUCKET],
    region: "us-east-1",
    ...credentials,
    fault: (request) => fault(request),
  });
  await mkdir(join(folder, "tree"));
  for (const name of ["a", "b", "c"]) {
    await writeFile(join(folder, "tree", name), Buffer.alloc(1_500_000, name));
  }
  await writeTarCreate(join(folder, "tar-create"), join(folder, "tree"));
  await configure({});
});
afterEach(async () => {
  await store.stop();
  await rm(folder, { recursive: true, force: true });
});

async function configure(changes: Readonly<Record<string, unknown>>, mode = 0o600): Promise<void> {
  const values = {
    bucket: BUCKET,
    endpoint: store.endpoint,
    ...credentials,
    passphrase: PASSPHRASE,
    chunkSize: "1MiB",
    ...changes,
  };
  const lines = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
  await rm(join(folder, "config.toml"), { force: true });
  await writeFile(join(folder, "config.toml"), lines.join(""), { mode });
}

interface Run {
  readonly status: number | string | undefined | null;
  readonly lines: readonly string[];
}

async function archive(changes: Readonly<Record<number, string>> = {}): Promise<Run> {
  const args = [
    join(folder, "tar-create"),
    "",
    "",
    "rivendell",
    "1",
    "/bin/cat",
    "",
    "0000000",
    join(folder, "work"),
    "0",
    "*",
  ];
  for (const [position, value] of Object.entries(changes)) args[Number(position) - 1] = value;
  const env = {
    PATH: process.env["PATH"],
    BACKUPPC_ARCHIVE_S3_CONFIG: join(folder, "config.toml"),
  };
  return await new Promise((resolve) => {
    execFile(
      process.execPath,
      [ARCHIVE_HOST, ...args],
      { env, cwd: "/" },
      (error, stdout, stderr) => {
        const lines = `${stdout}${stderr}`.trimEnd().split("\n");
        resolve({ status: error === null ? 0 : error.code, lines });
      },
    );
  });
}

async function statuses(): Promise<string[]> {
  const { endpoint } = store;
  const s3 = createS3Store({
    bucket: BUCKET,
    region: "us-east-1",
    endpoint,
    forcePathStyle: true,
    credentials,
  });
  return (await openCatalog(s3).list()).map(({ status }) => status);
}

const refused = new S3Failure(403, "AccessDenied", "Access denied.");

describe("archive-host", () => {
  test("archives, tells what it stored, and leaves nothing in the working directory", async () => {
    const { status, lines } = await archive();
    expect(lines.at(-1)).toMatch(
      /^archived rivendell 1: 5 chunks, 4\.5 MB of tar, 4\.5 MB stored$/,
    );
    expect(status).toBe(0);
    expect(await statuses()).toEqual(["complete"]);
    expect(await readdir(join(folder, "work"))).toEqual([]);
  });

  test("asks the store for nothing but to put objects, and for a storage class for the chunks alone", async () => {
    await configure({ storageClass: "COLD_HDD" });
    const asked: string[] = [];
    fault = ({ method, key, headers }) => {
      const [top] = key.split("/");
      asked.push(`${method} ${top} ${String(headers["x-amz-storage-class"] ?? "its own")}`);
      return undefined;
    };
    expect((await archive()).status).toBe(0);
    const json = "PUT archives its own";
    const chunks = Array.from({ length: 5 }, () => "PUT chunks COLD_HDD");
    expect(asked).toEqual([json, ...chunks, json, json, json]);
  });

  test("asks for lock, encryption and tags of every object", async () => {
    await configure({
      serverSideEncryption: "AES256",
      "objectLock.mode": "GOVERNANCE",
      "objectLock.days": 30,
      "tags.of": "us",
    });
    const asked: string[] = [];
    fault = ({ headers }) => {
      const names = ["server-side-encryption", "object-lock-mode", "tagging"];
      const values = names.map((name) => String(headers[`x-amz-${name}`]));
      asked.push([...values, headers["content-md5"] === undefined].join(" "));
      return undefined;
    };
    expect((await archive()).status).toBe(0);
    expect(asked).toHaveLength(9);
    expect(new Set(asked)).toEqual(new Set(["AES256 GOVERNANCE of=us false"]));
  });

  test("goes on with the temporary credentials that the configuration has when the first have expired", async () => {
    await configure({ sessionToken: "old" });
    const file = join(folder, "config.toml");
    const renewed = (await readFile(file, "utf8")).replace('"old"', '"new"');
    fault = ({ key, headers }) => {
      if (!key.includes("00000002") || headers["x-amz-security-token"] === "new") return undefined;
      writeFileSync(file, renewed);
      return new S3Failure(400, "ExpiredToken", "The provided token has expired.");
    };
    expect((await archive()).lines.at(-1)).toMatch(/^archived rivendell 1: 5 chunks/);
  });

  test("counts what is stored but not confirmed: the put that comes again finds its own object", async () => {
    let lost = 0;
    fault = ({ key }) =>
      key.startsWith("archives/") && lost++ % 2 === 0 ? "lose-answer" : undefined;
    expect((await archive()).status).toBe(0);
    expect(lost).toBe(8);
    expect(await statuses()).toEqual(["complete"]);
  });

  test("marks an archive partial when BackupPC counted errors, with status 3, or 0 if they shall only warn", async () => {
    await writeTarCreate(join(folder, "tar-create"), join(folder, "tree"), { errors: 2 });
    const { status, lines } = await archive();
    expect(lines.at(-1)).toMatch(
      /^archived as partial rivendell 1: .*; BackupPC_tarCreate counted 2 errors$/,
    );
    expect(status).toBe(3);
    await configure({ sourceErrors: "warn" });
    expect((await archive()).status).toBe(0);
    expect(await statuses()).toEqual(["partial", "partial"]);
  });

  test("gets over faults that pass: 503, a cut connection", async () => {
    const passing: Fault[] = [new S3Failure(503, "SlowDown", "Please slow down."), "cut"];
    fault = ({ key }) => (key.includes("00000002") ? passing.shift() : undefined);
    expect((await archive()).status).toBe(0);
    expect(passing).toEqual([]);
    expect(await statuses()).toEqual(["complete"]);
  });

  test.each([
    ["a chunk", "00000003", ["unfinalized"]],
    ["the manifest", "manifest.json", ["unfinalized"]],
    ["the sums", "SHA256SUMS", ["unfinalized"]],
    ["the marker", "complete.", ["unfinalized"]],
    ["the start", "started.json", []],
  ])("writes no marker when %s is refused, and says so last", async (_, part, after) => {
    fault = ({ method, key }) => (method === "PUT" && key.includes(part) ? refused : undefined);
    const { status, lines } = await archive();
    expect(lines.at(-1)).toMatch(
      /^failed: storing .* failed: 403 AccessDenied .*Give this access key the right/,
    );
    expect(lines.at(-1)).toContain(part);
    expect(status).toBe(1);
    fault = () => undefined;
    expect(await statuses()).toEqual(after);
  });

  test("writes no marker when BackupPC_tarCreate is killed half-way", async () => {
    await writeTarCreate(join(folder, "tar-create"), join(folder, "tree"), {
      killedAfter: 2_500_000,
    });
    const { status, lines } = await archive();
    expect(lines.at(-1)).toMatch(/^failed: BackupPC_tarCreate was killed by SIGKILL/);
    expect(status).toBe(1);
    expect(await statuses()).toEqual(["unfinalized"]);
  });

  test("writes no marker when the compression fails", async () => {
    const { status, lines } = await archive({ 6: "/bin/false" });
    expect(lines.at(-1)).toMatch(
      /^failed: The compression program \/bin\/false ended with status 1/,
    );
    expect(status).toBe(1);
    expect(await statuses()).toEqual(["unfinalized"]);
  });

  test("stores in clear only when that is written out", async () => {
    await configure({ encryption: "none", passphrase: undefined });
    expect((await archive()).status).toBe(0);
    expect(await statuses()).toEqual(["complete"]);
  });

  test.each([
    ["an unknown bucket", { bucket: "nowhere" }, 1, /NoSuchBucket .*Look at `bucket`/],
    ["a wrong secret key", { secretAccessKey: "wrong" }, 1, /SignatureDoesNotMatch/],
    ["no passphrase", { passphrase: undefined }, 2, /no passphrase: add passphraseFile/],
    [
      "an empty passphrase",
      { passphraseCommand: "echo", passphrase: undefined },
      12,
      /has no passphrase/,
    ],
    ["recipients", { recipients: ["/key.asc"] }, 12, /encrypts to a passphrase only/],
    ["an unknown key", { buket: "x" }, 2, /did you mean "bucket"/],
  ])("fails with %s", async (_, changes, expected, line) => {
    await configure(changes);
    const { status, lines } = await archive();
    expect(lines.at(-1)).toMatch(line);
    expect(lines.at(-1)).toMatch(/^failed: /);
    expect(status).toBe(expected);
    expect(await statuses()).toEqual([]);
  });

  test("refuses a configuration that others can read", async () => {
    await configure({}, 0o644);
    const { status, lines } = await archive();
    expect(lines).toEqual([
      expect.stringMatching(/^failed: .* every user of this machine can read it. Run: chmod o-rwx/),
    ]);
    expect(status).toBe(2);
  });

  test("refuses anything but eleven arguments", async () => {
    const { status, lines } = await archive({ 12: "more" });
    expect(lines).toEqual([
      expect.stringMatching(/^failed: 11 arguments are needed, not 12. Usage: archive-host /),
    ]);
    expect(status).toBe(2);
  });

  test("lets one run at a time archive a backup", async () => {
    await mkdir(join(folder, "work"));
    const lock = join(folder, "work", "rivendell.1.lock");
    const other = spawn("flock", ["--no-fork", lock, "sh", "-c", "echo; exec sleep 60"]);
    await once(other.stdout, "data");
    const { status, lines } = await archive();
    expect(lines).toEqual([expect.stringMatching(/^failed: Another archive-host is at work/)]);
    expect(status).toBe(11);
    expect(await statuses()).toEqual([]);
    other.kill("SIGKILL");
  });

  test("never shows a secret", async () => {
    fault = ({ key }) => (key.includes("00000002") ? refused : undefined);
    const { lines } = await archive();
    expect(lines.join("\n")).not.toMatch(/s3cr3t/);
  });
});

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { newAttemptId, openCatalog } from "@backuppc-archive-s3/backup-catalog";
import { createS3Store } from "@backuppc-archive-s3/s3-transport";
import { type EmbeddedStore, startEmbeddedStore } from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { archiveOfTwo } from "./archive-of-two.ts";

// Transcripts of the program as users have it: the bundle, found by a link in the PATH.
const PROGRAM = fileURLToPath(new URL("../dist/backup-manager.js", import.meta.url));
const CREDENTIALS = { accessKeyId: "manager", secretAccessKey: "manager's secret" };
const REGION = "eu-central-1";

let folder: string;
let embedded: EmbeddedStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "backup-manager-"));
  await mkdir(join(folder, "bin"));
  await symlink(PROGRAM, join(folder, "bin", "backup-manager"));
  embedded = await startEmbeddedStore({
    directory: join(folder, "store"),
    buckets: ["offsite", "empty"],
    region: REGION,
    ...CREDENTIALS,
  });
  for (const bucket of ["offsite", "empty", "nowhere"]) await writeConfig(bucket, bucket);
  await writeConfig("stranger", "offsite", "not the secret");
  await fill();
});

afterAll(async () => {
  await embedded.stop();
  await rm(folder, { recursive: true });
});

describe("list", () => {
  test("is what is done without a command", async () => {
    const listed = await shell("backup-manager");
    expect(listed).toMatchInlineSnapshot(`
      {
        "status": 0,
        "stderr": "",
        "stdout": "Hostname    Backup number        Age  Chunks  Size  Status
      gandalf               123  0 min ago       2  11 B  complete
      gandalf               124   3 hr ago       -     -  unfinalized *
      web server              7  0 min ago       2  11 B  partial !
      3 archives of 2 hosts, 22 B
      ",
      }
    `);
    expect(await shell("backup-manager list")).toEqual(listed);
  });

  test("tells one host, one number", async () => {
    expect(await shell("backup-manager list -H gandalf -b 123")).toMatchInlineSnapshot(`
      {
        "status": 0,
        "stderr": "",
        "stdout": "Hostname  Backup number        Age  Chunks  Size  Status
      gandalf             123  0 min ago       2  11 B  complete
      1 archive of 1 host, 11 B
      ",
      }
    `);
  });

  test("is JSON for programs", async () => {
    const { stdout, status } = await shell("backup-manager --json --host gandalf");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      format: 1,
      archives: [
        {
          host: "gandalf",
          number: 123,
          attempt: expect.stringMatching(/^\d{8}T\d{6}Z-[0-9a-f]{6}$/),
          status: "complete",
          started: expect.stringMatching(/Z$/),
          finished: expect.stringMatching(/Z$/),
          chunks: 2,
          storedBytes: 11,
        },
        expect.objectContaining({
          number: 124,
          status: "unfinalized",
          finished: null,
          chunks: null,
        }),
      ],
    });
  });

  test("says so when there is nothing", async () => {
    expect(await shell("backup-manager --config empty.toml")).toMatchInlineSnapshot(`
      {
        "status": 0,
        "stderr": "",
        "stdout": "There are no archives in s3://empty/site-a/.
      ",
      }
    `);
    const { stdout } = await shell("backup-manager --config empty.toml --json");
    expect(JSON.parse(stdout)).toEqual({ format: 1, archives: [] });
  });
});

describe("script", () => {
  test("works in the words of the predecessor's crontab", async () => {
    const written = await shell(
      "backup-manager --expire=604800 --host=gandalf script > restore_gandalf.sh",
    );
    expect(written).toEqual({ stdout: "", stderr: "", status: 0 });
    const text = await readFile(join(folder, "restore_gandalf.sh"), "utf8");
    const urls = text.match(/http:[^\s'"]*\.tar\.\d{8}\?[^\s'"]*/g) ?? [];
    expect(urls).toHaveLength(2);
    const chunks = await Promise.all(urls.map(async (url) => await (await fetch(url)).text()));
    expect(chunks.join("")).toBe("hello world");
    expect(text).not.toContain(CREDENTIALS.secretAccessKey);
  });

  test("writes a file that its owner alone can read", async () => {
    const written = await shell("backup-manager script -H gandalf -f mine.sh");
    expect(written).toEqual({ stdout: "", stderr: "", status: 0 });
    expect((await stat(join(folder, "mine.sh"))).mode & 0o777).toBe(0o600);
  });

  test("tells when the URLs end before the time asked for", async () => {
    const { stderr, status } = await shell(
      "backup-manager -H gandalf -x 31536000 script > year.sh",
    );
    expect(status).toBe(0);
    expect(stderr).toMatch(
      /^backup-manager: the URLs work until .*, 6048\d\d seconds and not 31536000: .*\n$/,
    );
  });

  test("tells what it would do, and lists", async () => {
    const { stdout, stderr, status } = await shell("backup-manager -t -l -H gandalf script");
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout).toMatch(/^Would write a restore script for gandalf 123 of .*\.\nHostname /);
  });

  test("takes no partial archive unasked", async () => {
    expect(await shell("backup-manager script -H 'web server'")).toMatchInlineSnapshot(`
      {
        "status": 10,
        "stderr": "backup-manager: No finalized backups found of web server. --backup-number 7 takes the partial one, whose source had errors.
      ",
        "stdout": "",
      }
    `);
    const { stderr, status } = await shell("backup-manager script -H 'web server' -b 7 > web.sh");
    expect(status).toBe(0);
    expect(stderr).toMatch(/^backup-manager: web server 7 of .* is partial: .*\n$/);
  });
});

describe("failures are one line on stderr and an exit status", () => {
  test.each([
    ["backup-manager frobnicate", 2, "unknown argument: frobnicate."],
    ["backup-manager --frobnicate", 2, "unknown argument: frobnicate."],
    ["backup-manager script", 2, "script needs --host."],
    ["backup-manager --config none.toml", 2, "The configuration none.toml can't be read: ENOENT"],
    ["backup-manager -H nobody", 10, "there is no archive of host nobody in s3://offsite/site-a/."],
    ["backup-manager -H gandalf -b 9", 10, "there is no archive of gandalf's backup 9."],
    ["backup-manager -H nobody script", 10, "there is no archive of host nobody"],
    ["backup-manager -H gandalf -b 124 script", 10, "No finalized backups found of gandalf with"],
    ["backup-manager -H gandalf -b 124 -u script", 10, "No backups found of gandalf with"],
    [
      "backup-manager --config nowhere.toml",
      1,
      "listing site-a/archives/ failed: 404 NoSuchBucket",
    ],
    ["backup-manager --config stranger.toml", 1, "listing site-a/archives/ failed: 403"],
    ["backup-manager script -H gandalf -f none/x.sh", 1, "none/x.sh can't be written: ENOENT"],
    ["backup-manager > /dev/full", 1, "the output can't be written: ENOSPC"],
  ])("%s", async (line, status, message) => {
    const ended = await shell(line);
    expect(ended.stdout).toBe("");
    expect(ended.stderr).toMatch(/^backup-manager: [^\n]*\n$/);
    expect(ended.stderr).toContain(message);
    expect(ended.status).toBe(status);
  });
});

test("--help is printed and ends well", async () => {
  const { stdout, stderr, status } = await shell("backup-manager --help");
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  expect(stdout).toContain("backup-manager [command] [options]");
});

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

async function shell(line: string): Promise<Ended> {
  const PATH = [join(folder, "bin"), dirname(process.execPath), process.env["PATH"]].join(":");
  const env = { PATH, BACKUPPC_ARCHIVE_S3_CONFIG: join(folder, "offsite.toml") };
  return await new Promise((resolve) => {
    const child = execFile("sh", ["-c", line], { cwd: folder, env }, (_, stdout, stderr) => {
      resolve({ stdout, stderr, status: child.exitCode ?? -1 });
    });
  });
}

async function writeConfig(name: string, bucket: string, secret?: string): Promise<void> {
  const entries = {
    bucket,
    prefix: "site-a/",
    region: REGION,
    endpoint: embedded.endpoint,
    accessKeyId: CREDENTIALS.accessKeyId,
    secretAccessKey: secret ?? CREDENTIALS.secretAccessKey,
    passphraseFile: "/not/needed/to/list",
  };
  const lines = Object.entries(entries).map(
    ([key, value]) => `${key} = ${JSON.stringify(value)}\n`,
  );
  await writeFile(join(folder, `${name}.toml`), lines.join(""), { mode: 0o600 });
}

async function fill(): Promise<void> {
  const store = createS3Store({
    bucket: "offsite",
    region: REGION,
    endpoint: embedded.endpoint,
    forcePathStyle: true,
    credentials: CREDENTIALS,
  });
  const catalog = openCatalog(store, { prefix: "site-a/" });
  const now = Date.now();
  const attempt = (minutes: number): string => newAttemptId(new Date(now - minutes * 60_000));
  const gandalf = { host: "gandalf", number: 123, attempt: attempt(400) };
  await archiveOfTwo(store, catalog, gandalf);
  const left = { host: "gandalf", number: 124, attempt: attempt(200) };
  await archiveOfTwo(store, catalog, left, { committed: false });
  const web = { host: "web server", number: 7, attempt: attempt(300) };
  await archiveOfTwo(store, catalog, web, { sourceErrors: 3 });
}

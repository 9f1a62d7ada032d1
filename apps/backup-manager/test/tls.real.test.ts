// Stores under TLS, with an authority of their own: both programs and the script, as users have them, through nginx to Ceph RGW.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type CephRgw,
  createBucket,
  knowingHosts,
  listTree,
  startCephRgw,
  startTlsStore,
  type TlsFront,
  type TlsStore,
  writeTarCreate,
} from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const bundle = (app: string): string =>
  fileURLToPath(new URL(`../../${app}/dist/${app}.mjs`, import.meta.url));
const BUCKET = "offsite";
/** What stands for the store in the configuration, by how it is addressed. */
const PROVIDERS = { "path style": "ceph", "virtual-host style": "wasabi" } as const;
type Style = keyof typeof PROVIDERS;
const STYLES: readonly Style[] = ["path style", "virtual-host style"];
const DOWNLOADERS = ["curl", "wget", "busybox wget"] as const;

let folder: string;
let rgw: CephRgw;
let tls: TlsStore;
/** Before each command, so that it knows the store's name. */
let hosts: readonly string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tls-"));
  rgw = await startCephRgw({ dnsName: "store.test" });
  await createBucket(rgw, BUCKET);
  tls = await startTlsStore(rgw.endpoint);
  hosts = await knowingHosts(folder, [tls.name, `${BUCKET}.${tls.name}`]);
  await mkdir(join(folder, "tree"));
  await writeFile(join(folder, "tree", "fstab"), "/dev/sda1 / ext4\n");
  await writeFile(join(folder, "tree", "large"), Buffer.alloc(3_000_000, "large "));
  await writeTarCreate(join(folder, "tar-create"), join(folder, "tree"));
  await writeFile(join(folder, "passphrase"), "hunter2\n", { mode: 0o600 });
  for (const name of DOWNLOADERS) await makePath(name);
});
afterAll(async () => {
  await tls.stop();
  await rgw.stop();
  await rm(folder, { recursive: true, force: true });
});

describe.each(STYLES)("In %s", (style) => {
  const host = style.startsWith("path") ? "gandalf" : "witte";

  test("a backup is archived, listed, verified and drilled over TLS", async () => {
    await configure({ provider: PROVIDERS[style] });
    expect(await archive(host)).toMatchObject({ status: 0 });
    for (const args of [["list"], ["verify", "--data"], ["drill", "-H", host]])
      expect(await manage(...args)).toMatchObject({ status: 0, stderr: "" });
    const { stdout } = await manage("doctor");
    expect(stdout).toMatch(/^ok +caFile .*ca\.pem is valid until .*--ca-file\)$/m);
    expect(stdout).not.toMatch(/^failed/m);
  });

  test.each(DOWNLOADERS)("its script restores it with %s", async (downloader) => {
    const script = await scriptOf(host, style);
    const [, base = ""] = /^URL_BASE='(.*)'$/m.exec(script) ?? [];
    const name = style.startsWith("path") ? tls.name : `${BUCKET}.${tls.name}`;
    expect(new URL(base)).toMatchObject({ protocol: "https:", hostname: name });
    const target = join(folder, `${host} by ${downloader}`);
    const ended = await restore(script, downloader, ["--ca-file", tls.authority.file], target);
    expect(ended).toMatchObject({ status: 0 });
    expect(ended.stderr).not.toContain("Warning: this wget");
    expect(await listTree(target)).toEqual(await listTree(join(folder, "tree")));
  });
});

interface Trouble {
  /** Where the store is looked for. */
  readonly endpoint: () => string;
  readonly trusted: boolean;
  readonly ofProgram: RegExp;
  readonly ofScript: RegExp;
}

const front = (name: TlsFront) => () => tls.endpoint(name);
const TROUBLES: Readonly<Record<string, Trouble>> = {
  "an unknown authority": {
    endpoint: front("good"),
    trusted: false,
    ofProgram:
      /unable to (get local issuer|verify the first) certificate.* set `caFile` in the config/,
    ofScript: /no authority that this machine knows has signed .* add --ca-file FILE/,
  },
  "an expired certificate": {
    endpoint: front("expired"),
    trusted: true,
    ofProgram: /certificate has expired.* Check this machine's clock .* needs a new certificate/,
    ofScript: /certificate has expired, by the clock .* needs a new certificate/,
  },
  // As with a clock that is in 1970.
  "a clock that is behind": {
    endpoint: front("early"),
    trusted: true,
    ofProgram: /certificate is not yet valid.* Check this machine's clock/,
    ofScript: /certificate is not valid yet, by the clock .* date -s/,
  },
  "the certificate of another name": {
    endpoint: front("otherName"),
    trusted: true,
    ofProgram: /does not match certificate's altnames.* Set `endpoint` .*to a name that is in the/,
    ofScript:
      /certificate is that of another server than .*store\.test.* give the store's own name/,
  },
  "a port without TLS": {
    endpoint: () => `https://store.test:${new URL(rgw.endpoint).port}`,
    trusted: true,
    ofProgram: /wrong version number.* Check the scheme and the port of `endpoint`/,
    ofScript: /have no TLS in common .*Install a newer curl/,
  },
};

describe.each(Object.entries(TROUBLES))("Of %s", (_, { endpoint, trusted, ...said }) => {
  test("backup-manager and archive-host say one line with the remedy, and try once", async () => {
    const begin = performance.now();
    await configure({ endpoint: endpoint(), ...(trusted ? {} : { caFile: undefined }) });
    const listed = await manage("list");
    expect(listed).toMatchObject({ status: 1, stdout: "" });
    expect(listed.stderr).toMatch(said.ofProgram);
    expect(listed.stderr.trim().split("\n")).toHaveLength(1);
    const archived = await archive("rivendell");
    expect(archived).toMatchObject({ status: 1 });
    const last = `${archived.stdout}${archived.stderr}`.trim().split("\n").at(-1);
    expect(last).toMatch(said.ofProgram);
    // A second try waits for longer than both take.
    expect(performance.now() - begin).toBeLessThan(60_000);
  });

  test.each(DOWNLOADERS)("the script with %s says one line with the remedy", async (downloader) => {
    await configure({});
    const good = await scriptOf("gandalf", "path style");
    const script = good.replaceAll(tls.endpoint("good"), endpoint());
    const options = trusted ? ["--ca-file", tls.authority.file] : [];
    const target = join(folder, "never");
    const ended = await restore(script, downloader, options, target);
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.stderr.trim().split("\n").at(-1)).toMatch(said.ofScript);
    expect(ended.stderr).not.toContain("Trying again");
  });
});

test.each([
  ["nowhere.pem", /caFile: .*nowhere\.pem cannot be read/],
  ["passphrase", /caFile: .*passphrase holds no certificate/],
])("a caFile that is no certificate (%s) is reported, by doctor as well", async (name, message) => {
  await configure({ caFile: join(folder, name) });
  expect(await manage("list")).toMatchObject({ status: 2, stderr: expect.stringMatching(message) });
  const doctor = await manage("doctor");
  expect(doctor).toMatchObject({ status: 1 });
  expect(doctor.stdout).toMatch(/^failed +caFile .*It must name the file of the authority's cert/m);
  expect(doctor.stdout).toMatch(/^skipped +store /m);
});

const config = (): string => join(folder, "config.toml");

async function configure(changes: Readonly<Record<string, unknown>>): Promise<void> {
  const { region, accessKeyId, secretAccessKey } = rgw;
  const values = {
    bucket: BUCKET,
    endpoint: tls.endpoint("good"),
    region,
    accessKeyId,
    secretAccessKey,
    provider: "ceph",
    caFile: tls.authority.file,
    passphraseFile: join(folder, "passphrase"),
    stateDirectory: join(folder, "state"),
    chunkSize: "1MiB",
    ...changes,
  };
  const lines = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
  await rm(config(), { force: true });
  await writeFile(config(), lines.join(""), { mode: 0o600 });
}

interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input = "",
): Promise<Ended> {
  const [program = "", ...args] = [...hosts, ...command];
  const environment = { PATH: process.env["PATH"] ?? "", HOME: folder, TZ: "UTC", ...env };
  return await new Promise((resolve) => {
    const child = execFile(
      program,
      args,
      { cwd: folder, env: environment },
      (_, stdout, stderr) => {
        resolve({ status: child.exitCode ?? -1, stdout, stderr });
      },
    );
    child.stdin?.on("error", () => {}).end(input);
  });
}

async function manage(...args: readonly string[]): Promise<Ended> {
  return await run([process.execPath, bundle("backup-manager"), "--config", config(), ...args]);
}

async function archive(host: string): Promise<Ended> {
  const request = [host, "1", "cat", "", "0", join(folder, "state"), "0", "*"];
  const program = [process.execPath, bundle("archive-host"), join(folder, "tar-create"), "", ""];
  return await run([...program, ...request], { BACKUPPC_ARCHIVE_S3_CONFIG: config() });
}

async function scriptOf(host: string, style: Style): Promise<string> {
  await configure({ provider: PROVIDERS[style] });
  const file = join(folder, "restore.sh");
  const written = await manage("script", "-H", host, "-f", file);
  expect(written).toMatchObject({ status: 0, stderr: "" });
  return await readFile(file, "utf8");
}

async function restore(
  script: string,
  downloader: string,
  options: readonly string[],
  target: string,
): Promise<Ended> {
  const file = join(folder, "restore.sh");
  await writeFile(file, script, { mode: 0o600 });
  const path = join(folder, `path of ${downloader}`);
  // env: the hosts need programs that the script is not to find.
  const command = ["env", `PATH=${path}`, "sh", file, "--passphrase-file", "-", ...options, target];
  return await run(command, {}, "hunter2\n");
}

/** A PATH that has this downloader alone. */
async function makePath(downloader: string): Promise<void> {
  const path = join(folder, `path of ${downloader}`);
  await mkdir(path);
  const busybox = downloader.startsWith("busybox");
  if (busybox)
    await writeFile(join(path, "wget"), '#!/bin/sh\nexec busybox wget "$@"\n', { mode: 0o755 });
  const hidden = downloader === "curl" ? "wget" : "curl";
  for (const directory of (process.env["PATH"] ?? "").split(":"))
    for (const name of await readdir(directory).catch(() => []))
      if (name !== hidden) await symlink(join(directory, name), join(path, name)).catch(() => {});
}

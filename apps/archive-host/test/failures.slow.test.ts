// Every failure that was tried: what it ends with, what BackupPC shows, and what
// is on the store then. docs/failures.md is what these tests saw.
import { chmod, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { S3Failure, writeTarCreate } from "@backuppc-archive-s3/test-rig";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSite, type Site, start } from "./site.ts";

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(async () => await site.close());

/** Makes it fail, and gives the arguments that it changes. */
type Failure = () => Promise<Readonly<Record<number, string>> | void>;

interface Case {
  readonly what: string;
  readonly status: number;
  readonly store: "nothing" | "incomplete" | "partial" | "complete";
  readonly fail: Failure;
}

const tree = (): string => join(site.folder, "tree");
const config = (): string => join(site.folder, "config.toml");

function refusing(part: string, failure: S3Failure): Failure {
  return async () => {
    site.fault = ({ method, key }) =>
      method === "PUT" && key.includes(part) ? failure : undefined;
  };
}

function configured(changes: Readonly<Record<string, unknown>>): Failure {
  return async () => await site.configure(changes);
}

function tarCreateSays(script: string): Failure {
  return async () => await writeFile(site.tarCreate, `#!/bin/sh\n${script}\n`);
}

const denied = new S3Failure(403, "AccessDenied", "Access denied.");
const DONE = 'echo "Done: 1 files, 1 bytes, 1 dirs, 0 specials, 0 errors" >&2';

const GROUPS: Readonly<Record<string, readonly Case[]>> = {
  "What BackupPC asks for": [
    {
      what: "an argument too many",
      status: 2,
      store: "nothing",
      fail: async () => ({ 12: "more" }),
    },
    {
      what: "a host that is an option",
      status: 2,
      store: "nothing",
      fail: async () => ({ 4: "-x" }),
    },
    {
      what: "a backup number that is none",
      status: 2,
      store: "nothing",
      fail: async () => ({ 5: "7th" }),
    },
    {
      what: "a host whose name begins with a dot",
      status: 2,
      store: "nothing",
      fail: async () => ({ 4: ".merlin" }),
    },
    {
      what: "a working directory that others can write to",
      status: 2,
      store: "nothing",
      fail: async () => {
        await mkdir(site.work);
        await chmod(site.work, 0o770);
      },
    },
    {
      what: "a working directory that is a file",
      status: 1,
      store: "nothing",
      fail: async () => await writeFile(site.work, ""),
    },
  ],
  "The configuration": [
    { what: "is not there", status: 2, store: "nothing", fail: async () => await rm(config()) },
    {
      what: "can be read by others",
      status: 2,
      store: "nothing",
      fail: async () => await chmod(config(), 0o644),
    },
    {
      what: "is no TOML",
      status: 2,
      store: "nothing",
      fail: async () => await writeFile(config(), "bucket = \n"),
    },
    {
      what: "has a key that is not known",
      status: 2,
      store: "nothing",
      fail: configured({ buket: "x" }),
    },
    {
      what: "has no passphrase",
      status: 2,
      store: "nothing",
      fail: configured({ passphrase: undefined }),
    },
    {
      what: "names a passphraseFile that is not there",
      status: 12,
      store: "nothing",
      fail: configured({ passphrase: undefined, passphraseFile: "/nowhere/passphrase" }),
    },
    {
      what: "has a passphraseCommand that fails",
      status: 12,
      store: "nothing",
      fail: configured({ passphrase: undefined, passphraseCommand: "exit 3" }),
    },
  ],
  BackupPC_tarCreate: [
    {
      what: "is not there",
      status: 1,
      store: "incomplete",
      fail: async () => await rm(site.tarCreate),
    },
    {
      what: "is looked for below a file",
      status: 1,
      store: "incomplete",
      fail: async () => ({ 1: "/etc/passwd/BackupPC_tarCreate" }),
    },
    {
      what: "refuses",
      status: 1,
      store: "incomplete",
      fail: tarCreateSays('echo "bad backup number 1 for host merlin" >&2; exit 1'),
    },
    {
      what: "is killed half-way",
      status: 1,
      store: "incomplete",
      fail: async () => await writeTarCreate(site.tarCreate, tree(), { killedAfter: 2_500_000 }),
    },
    {
      what: "ends without its closing line",
      status: 1,
      store: "incomplete",
      fail: tarCreateSays("tar cf - /etc/hostname 2> /dev/null"),
    },
    {
      what: "writes a tar without an end",
      status: 1,
      store: "incomplete",
      fail: tarCreateSays(`tar cf - /etc/hostname 2> /dev/null | head -c 1024; ${DONE}`),
    },
    {
      what: "writes something else",
      status: 1,
      store: "incomplete",
      fail: tarCreateSays(`seq 10000; ${DONE}`),
    },
    { what: "writes nothing", status: 1, store: "incomplete", fail: tarCreateSays(DONE) },
    {
      what: "counts errors",
      status: 3,
      store: "partial",
      fail: async () => await writeTarCreate(site.tarCreate, tree(), { errors: 2 }),
    },
    {
      what: 'counts errors, and `sourceErrors = "warn"`',
      status: 0,
      store: "partial",
      fail: async () => {
        await writeTarCreate(site.tarCreate, tree(), { errors: 2 });
        await site.configure({ sourceErrors: "warn" });
      },
    },
  ],
  "The compression program": [
    {
      what: "is not there",
      status: 1,
      store: "incomplete",
      fail: async () => ({ 6: "/nowhere/zstd" }),
    },
    {
      what: "fails",
      status: 1,
      store: "incomplete",
      fail: configured({ compression: "/bin/false" }),
    },
    {
      what: "ends well, but reads nothing",
      status: 1,
      store: "incomplete",
      fail: configured({ compression: "/bin/true" }),
    },
    {
      what: "is one that no restore may run",
      status: 2,
      store: "nothing",
      fail: async () => ({ 6: "/usr/bin/lz4" }),
    },
  ],
  "The store": [
    {
      what: "has no such bucket",
      status: 1,
      store: "nothing",
      fail: configured({ bucket: "nowhere" }),
    },
    {
      what: "does not know the access key",
      status: 1,
      store: "nothing",
      fail: configured({ accessKeyId: "other" }),
    },
    {
      what: "finds another secret",
      status: 1,
      store: "nothing",
      fail: configured({ secretAccessKey: "wrong" }),
    },
    {
      what: "refuses all",
      status: 1,
      store: "nothing",
      fail: refusing("", denied),
    },
    { what: "refuses the start", status: 1, store: "nothing", fail: refusing("started", denied) },
    {
      what: "refuses a chunk",
      status: 1,
      store: "incomplete",
      fail: refusing("00000003", denied),
    },
    {
      what: "refuses the data key",
      status: 1,
      store: "incomplete",
      fail: refusing("KEY.1", denied),
    },
    {
      what: "refuses the manifest",
      status: 1,
      store: "incomplete",
      fail: refusing("manifest", denied),
    },
    {
      what: "refuses the sums",
      status: 1,
      store: "incomplete",
      fail: refusing("SHA256SUMS", denied),
    },
    {
      what: "refuses the head",
      status: 1,
      store: "incomplete",
      fail: refusing("archive.json", denied),
    },
    {
      what: "refuses the marker",
      status: 1,
      store: "incomplete",
      fail: refusing("complete.", denied),
    },
    {
      what: "has no room for more",
      status: 1,
      store: "incomplete",
      fail: refusing("00000002", new S3Failure(403, "QuotaExceeded", "Quota exceeded.")),
    },
    {
      what: "is busy twice, then well",
      status: 0,
      store: "complete",
      fail: async () => {
        let left = 2;
        site.fault = () => (left-- > 0 ? new S3Failure(503, "SlowDown", "Slow down.") : undefined);
      },
    },
    {
      what: "goes away, and is back within `patience`",
      status: 0,
      store: "complete",
      fail: async () => {
        await site.configure({ attempts: 2, retryWait: 0.01, patience: "1h" });
        let left = 5;
        site.fault = ({ key }) => (key.includes("00000002") && left-- > 0 ? "cut" : undefined);
      },
    },
    {
      what: "goes away for longer than `patience`",
      status: 1,
      store: "incomplete",
      fail: async () => {
        await site.configure({ attempts: 2, retryWait: 0.01, patience: "1s" });
        site.fault = ({ key }) => (key.includes("00000002") ? "cut" : undefined);
      },
    },
    {
      what: "cuts a connection, then is well",
      status: 0,
      store: "complete",
      fail: async () => {
        let left = 1;
        site.fault = ({ key }) => (key.includes("00000002") && left-- > 0 ? "cut" : undefined);
      },
    },
  ],
  "The working directory": [
    {
      what: "has a signing key that is none",
      status: 12,
      store: "nothing",
      fail: async () => {
        await mkdir(site.work);
        await writeFile(join(site.work, "signing-key.secret.asc"), "no key\n");
      },
    },
    {
      what: "has a link in the place of the chunk index",
      status: 1,
      store: "nothing",
      fail: async () => {
        await mkdir(site.work);
        await symlink(config(), join(site.work, "merlin.index"));
      },
    },
    {
      what: "has a damaged chunk index",
      status: 0,
      store: "complete",
      fail: async () => {
        await mkdir(site.work);
        await writeFile(join(site.work, "merlin.index"), "garbage\n");
      },
    },
  ],
  "Another run": [
    {
      what: "is at work on the same host",
      status: 11,
      store: "nothing",
      fail: async () => {
        await mkdir(site.work);
        const lock = join(site.work, "merlin.lock");
        const script = "echo held; exec sleep 600";
        const other = start(["flock", "--no-fork", lock, "sh", "-c", script], site.environment());
        await other.said(/held/);
        atEnd.push(() => other.child.kill("SIGKILL"));
      },
    },
  ],
};

const atEnd: (() => void)[] = [];
afterEach(() => {
  for (const end of atEnd.splice(0)) end();
});

const seen = new Map<Case, string>();

describe.each(Object.entries(GROUPS))("%s", (_, cases) => {
  test.each(cases)("$what", async (failure) => {
    const { status, store, fail } = failure;
    const changes = (await fail()) ?? {};
    const running = start(site.command(changes), site.environment());
    expect(await running.ended).toBe(status);
    const lastLine = running.lines.at(-1) ?? "";
    expect(lastLine).toMatch(
      status === 0 || status === 3 ? /^archived / : /^(?!archived )\S.* .*[.\w]$/,
    );
    site.fault = () => undefined;
    expect(await site.statuses()).toEqual(store === "nothing" ? [] : [store]);
    seen.set(failure, told(lastLine));
  });
});

/** Without what differs from run to run. */
function told(line: string): string {
  return line
    .replaceAll(site.folder, "…")
    .replaceAll(/127\.0\.0\.1:\d+/g, "s3.example.net")
    .replaceAll(/\d{8}T\d{6}Z-[0-9a-f]+/g, "20261122T031500Z-5f3a9c")
    .replaceAll(/[0-9A-F]{40}/g, "<fingerprint>")
    .replaceAll(/canary\.[0-9a-f]{16}\.\d+\.[a-z]+/g, "canary.<id>.<number>.claim")
    .replaceAll("|", "\\|");
}

test("docs/failures.md is what was seen (vitest -u writes it anew)", async () => {
  expect(seen.size).toBe(Object.values(GROUPS).flat().length);
  await expect(page()).toMatchFileSnapshot("../../../docs/failures.md");
});

function page(): string {
  const tables = Object.entries(GROUPS).map(([group, cases]) => {
    const rows = cases.map(
      (one) => `| ${one.what} | ${one.status} | ${seen.get(one)} | ${one.store} |`,
    );
    return [`## ${group}`, "", HEAD, "| --- | --- | --- | --- |", ...rows, ""].join("\n");
  });
  return [INTRODUCTION, ...tables].join("\n");
}

const HEAD = "| what | exit status | last line | archive on the store |";

const INTRODUCTION = `# What archive-host says when something fails

Each row was tried, and is tried again with every change (apps/archive-host/test/failures.slow.test.ts). The last line is
what BackupPC shows as the archive's error. A marker (\`complete.…\`, \`partial.…\`) is written last and only by the
rows that say so: whatever else failed leaves an archive that \`backup-manager list\` marks with \`*\`, or nothing. The
next run of the same host does not send again what this one has stored.
`;

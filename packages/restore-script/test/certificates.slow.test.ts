// Stores under TLS: what is wrong with their certificates is told apart at once, by every downloader.
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import {
  type Authority,
  type Listening,
  listenOnLoopback,
  listTree,
  makeAuthority,
} from "@backuppc-archive-s3/test-rig";
import type { How } from "./bench.ts";
import { benchForTests, GZIP } from "./bench-for-tests.ts";
import { type FaultServer, startFaultServer } from "./fault-server.ts";
import { applet } from "./matrix.ts";
import type { Ended } from "./run-script.ts";

const DOWNLOADERS: Readonly<Record<string, How>> = {
  curl: { downloader: "curl" },
  wget: { downloader: "wget" },
  "busybox wget": { downloader: "wget", programs: { wget: applet("wget") } },
};
const bench = await benchForTests();
let authority: Authority;
let servers: Readonly<Record<"good" | "late" | "early" | "other", FaultServer>>;

beforeAll(async () => {
  authority = await makeAuthority();
  const start = async (name: string, from: number, until: number): Promise<FaultServer> =>
    await startFaultServer(bench.folder, await authority.issue(name, from, until));
  servers = {
    good: await start("localhost", 2020, 2040),
    late: await start("localhost", 2020, 2021),
    early: await start("localhost", 2040, 2041),
    other: await start("other.example", 2020, 2040),
  };
});
afterAll(async () => {
  for (const server of Object.values(servers)) await server.stop();
  await authority.remove();
});

describe.each(Object.entries(DOWNLOADERS))("With %s", (_, how) => {
  test.each([
    ["of an unknown authority", "good", false, /no authority that this machine knows .*--ca-file/],
    ["that has expired", "late", true, /has expired, by the clock .* which shows .*date -s/],
    ["that is not valid yet", "early", true, /not valid yet, by the clock .*set it: date -s/],
    ["of another name", "other", true, /that of another server than localhost:\d+ /],
  ] as const)(
    "a certificate %s is named before the passphrase, and nothing is tried again",
    async (_title, kind, trusted, reason) => {
      await archiveAt(kind);
      const options = trusted ? ["--ca-file", authority.file] : [];
      const ended = await bench.run([...options, "--passphrase-file", "nowhere", "restored"], how);
      expect(ended).toMatchObject({ status: 1 });
      expect(ended.lastLine).toMatch(/^restore\.sh: The store cannot be reached: /);
      expect(ended.lastLine).toMatch(reason);
      expect(ended.stderr).not.toMatch(/Trying again|web page mentioned above|--without-sums/);
      expect(servers[kind].requests).toEqual([]);
    },
  );

  test("--ca-file is enough for a store whose authority is its own", async () => {
    await archiveAt("good");
    const ended = await restore(how, "--ca-file", authority.file, "restored");
    expect(ended).toMatchObject({ status: 0 });
    expect(ended.stderr).not.toContain("Warning");
    expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
  });

  test("a --ca-file that is not there is reported", async () => {
    await archiveAt("good");
    const ended = await restore(how, "--ca-file", "nowhere", "restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/The file of --ca-file cannot be read: .*nowhere/);
  });
});

describe.each(Object.entries(DOWNLOADERS))("With %s, a server", (_, how) => {
  test.each([
    ["that does not know the name", 112, /does not know the name localhost:\d+ .*as endpoint/],
    ["that has no cipher in common", 40, /have no TLS in common/],
    ["that wants a certificate of its users", 116, /refuses this machine/],
    ["that denies access", 49, /refuses this machine/],
  ])("%s is named before the passphrase, and not asked again", async (_title, alert, reason) => {
    const server = await startAlerting(alert);
    onTestFinished(async () => await server.stop());
    await bench.archive(GZIP, { origin: `https://localhost:${server.port}` });
    const ended = await bench.run(["--passphrase-file", "nowhere", "restored"], how);
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/^restore\.sh: The store cannot be reached: /);
    expect(ended.lastLine).toMatch(reason);
    expect(ended.stderr).not.toContain("Trying again");
  });
});

// GNU wget of other systems has OpenSSL, whose words are others.
test.each([
  ["Unable to locally verify the issuer's authority.", /no authority that this machine knows/],
  ["no certificate subject alternative name matches", /the certificate is that of another server/],
])("What wget says without any security behind %j is not passed on", async (words, reason) => {
  const wget = `#!/bin/sh
case $1 in --version) echo 'GNU Wget 1.21.3 +ipv6' && exit ;; esac
cat >&2 <<'SAID'
ERROR: cannot verify store.example's certificate, issued by 'CN=authority':
  ${words}
To connect to store.example insecurely, use \`--no-check-certificate'.
SAID
exit 5
`;
  await bench.archive(GZIP, { origin: "https://store.example" });
  const ended = await restore({ downloader: "wget", programs: { wget } }, "restored");
  expect(ended).toMatchObject({ status: 1 });
  expect(ended.lastLine).toMatch(reason);
  expect(ended.lastLine).toContain(`(${words})`);
  expect(ended.stderr).not.toContain("insecurely");
});

test("busybox wget that a signal ends, since openssl has already left, hides nothing", async () => {
  await archiveAt("early");
  const wget = `#!/bin/sh
case $1 in -S) echo 'Connecting to localhost:443 (127.0.0.1:443)' >&2 && kill -PIPE $$ ;; esac
exec busybox wget "$@"
`;
  const how = { downloader: "wget", programs: { wget } } as const;
  const ended = await restore(how, "--ca-file", authority.file, "restored");
  expect(ended).toMatchObject({ status: 1 });
  expect(ended.lastLine).toMatch(/not valid yet, by the clock/);
  await archiveAt("good");
  const trusted = await restore(how, "--ca-file", authority.file, "--tries=1", "restored");
  expect(trusted).toMatchObject({ status: 1 });
  expect(trusted.lastLine).toMatch(/cannot be fetched \(it ended with status \d+\)/);
});

test("a certificate that goes bad in the middle ends it without another try", async () => {
  await archiveAt("late");
  const curl = `#!/bin/sh\ncase "$*" in *--head*) echo 'Date: Sun, 22 Nov 2026 03:15:00 GMT' ;; *) exec /usr/bin/curl "$@" ;; esac\n`;
  const ended = await restore({ programs: { curl } }, "--ca-file", authority.file, "restored");
  expect(ended).toMatchObject({ status: 1 });
  expect(ended.lastLine).toMatch(/SHA256SUMS\.gpg: the store's certificate has expired/);
  expect(ended.stderr).not.toContain("Trying again");
});

test("busybox wget without openssl says once that nothing proves the store", async () => {
  await archiveAt("good");
  const how = { ...DOWNLOADERS["busybox wget"], hidden: ["openssl", "curl"] };
  const ended = await restore(how, "--tries=1", "restored");
  expect(ended.stderr.match(/Warning: this wget does not check the store's cert/g)).toHaveLength(1);
  expect(ended.stderr).toContain("the URLs, and with them the encrypted chunks. Install curl");
});

test("what answers without TLS is told apart from a certificate", async () => {
  await bench.archive(GZIP, { origin: bench.server.origin.replace("http:", "https:") });
  const ended = await restore({ downloader: "curl" }, "restored");
  expect(ended).toMatchObject({ status: 1 });
  expect(ended.lastLine).toMatch(/cannot be reached: .*have no TLS in common/);
});

/** A server that answers whatever it is asked with that alert of TLS. */
async function startAlerting(alert: number): Promise<Listening> {
  return await listenOnLoopback(
    createServer((socket) => {
      socket.once("data", () => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, alert])));
    }),
  );
}

async function archiveAt(kind: keyof typeof servers): Promise<void> {
  const server = servers[kind];
  server.requests.length = 0;
  await bench.archive(GZIP, { origin: server.origin });
  server.folder = bench.server.folder;
}

async function restore(how: How, ...args: string[]): Promise<Ended> {
  return await bench.run(["--passphrase-file", bench.passphraseFile, ...args], how);
}

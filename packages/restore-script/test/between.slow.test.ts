// What stands between here and the store, and is not to be taken for it: proxies, networks that want a log-in, silence.
import { writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { listenOnLoopback, startHttpServer, startProxy } from "@backuppc-archive-s3/test-rig";
import { describe, expect, onTestFinished, test } from "vitest";
import type { How } from "./bench.ts";
import { benchForTests, GZIP } from "./bench-for-tests.ts";
import type { Fault } from "./fault-server.ts";
import { applet } from "./matrix.ts";
import type { Ended } from "./run-script.ts";

const PAGE = "<!DOCTYPE html><html><title>No</title></html>";
const DOWNLOADERS: Readonly<Record<string, How>> = {
  curl: { downloader: "curl" },
  wget: { downloader: "wget" },
  "busybox wget": { downloader: "wget", programs: { wget: applet("wget") } },
};
/** Makes pauses short ones. A guard, whose messages go nowhere, waits its whole time: a busy machine may need it. */
const SHORT_PAUSES =
  '#!/bin/sh\n[ ! -c /dev/fd/2 ] || exec /bin/sleep "$@"\nexec /bin/sleep 0.05\n';
/** Makes every second a short one, from when a server has noted that it was asked. */
const SHORT_SECONDS =
  "#!/bin/sh\nuntil [ -e asked ]; do /bin/sleep 0.05; done\nexec /bin/sleep 0.05\n";
const bench = await benchForTests(GZIP);

describe.each(Object.entries(DOWNLOADERS))("With %s", (downloader, how) => {
  test.each([
    [407, /the proxy wants a user and a password \(HTTP 407\): set http_proxy and https_proxy to/],
    [511, /wants you to log in first, with a browser \(HTTP 511\)/],
  ])("a proxy's %d is reported before the passphrase", async (status, reason) => {
    const behind = await behindProxy(how, status);
    const ended = await bench.run(["--passphrase-file", "nowhere", "restored"], behind);
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/^restore\.sh: The store cannot be reached: /);
    expect(ended.lastLine).toMatch(reason);
    expect(ended.stderr).not.toMatch(/Trying again|--without-sums|new script/);
  });

  test("a proxy's 401 is the proxy's", async () => {
    const ended = await restore(await behindProxy(how, 401), "restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/the proxy wants a user and a password/);
    expect(ended.stderr).not.toMatch(/Trying again|--without-sums|new script/);
  });

  test("an empty answer is not the store's, and is ridden out", async () => {
    for (const name of ["SHA256SUMS.gpg", "2.gz.gpg"]) {
      bench.server.faults.set(name, { faults: [EMPTY], always: true });
      const ended = await restore(quick(how), "--force", "--tries=2", "restored");
      bench.server.faults.clear();
      expect(ended).toMatchObject({ status: 1 });
      expect(ended.lastLine).toMatch(/nothing came, though the answer was no error: .*a proxy/);
      expect(ended.lastLine).not.toMatch(/--without-sums|new script/);
      bench.server.faults.set(name, { faults: [EMPTY, EMPTY] });
      expect(await restore(quick(how), "--force", "restored")).toMatchObject({ status: 0 });
    }
  });

  test("an answer that leads nowhere is not tried again, nor taken for the chunk", async () => {
    for (const name of ["SHA256SUMS.gpg", "2.gz.gpg"]) {
      bench.server.faults.set(name, { faults: [{ status: 301, body: PAGE }], always: true });
      const ended = await restore(how, "--force", "restored");
      expect(ended).toMatchObject({ status: 1 });
      expect(ended.lastLine).toMatch(/it was not the store that answered \(HTTP 301\)/);
      expect(ended.stderr).not.toMatch(/Trying again|--without-sums|new script/);
      bench.server.faults.clear();
    }
  });

  test("a server that accepts and says nothing keeps nobody from the passphrase", async () => {
    const silent = await startHttpServer(noteAsked);
    onTestFinished(async () => await silent.stop());
    await bench.archive(GZIP, { origin: silent.endpoint });
    const args = ["--passphrase-file", "/dev/null", "restored"];
    const ended = await bench.run(args, withSleep(how, SHORT_SECONDS));
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.stderr).toMatch(/^Warning: the store has not answered the first question: /m);
    expect(ended.lastLine).toMatch(/The passphrase file is empty/);
    expect(silent.requests.length).toBeGreaterThan(0);
  });

  // Of busybox wget nobody gets to see more than the status.
  test.each(downloader === "busybox wget" ? [] : [403, 404, 400])(
    "a page that comes with %d in the store's place is not taken for the store's word",
    async (status) => {
      for (const name of ["SHA256SUMS.gpg", "2.gz.gpg"]) {
        bench.server.faults.set(name, { faults: [{ status, body: PAGE }], always: true });
        const ended = await restore(how, "--force", "restored");
        expect(ended).toMatchObject({ status: 1 });
        expect(ended.lastLine).toContain(`it was not the store that answered (HTTP ${status})`);
        expect(ended.stderr).not.toMatch(/Trying again|--without-sums|new script|another backup/);
        bench.server.faults.clear();
      }
    },
  );
});

describe.each(["curl", "wget"] as const)("With %s, for https", (downloader) => {
  test("a proxy that forbids the store is named before the passphrase, and not asked again", async () => {
    await bench.archive(GZIP, { origin: "https://store.example" });
    const behind = await behindProxy({ downloader }, 403);
    const ended = await bench.run(["--passphrase-file", "nowhere", "restored"], behind);
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(
      /The store cannot be reached: it was not the store that answered \((HTTP 403|Proxy tunneling failed: No)\), but/,
    );
    expect(ended.stderr).not.toMatch(/Trying again|--without-sums|new script/);
  });

  test("a proxy that forbids the store in the middle is named, and not asked again", async () => {
    await bench.archive(GZIP, { origin: "https://store.example" });
    const spider = `#!/bin/sh\ncase "$*" in *--head* | *--spider*) echo 'Date: Sun, 22 Nov 2026 03:15:00 GMT' ;; *) exec /usr/bin/${downloader} "$@" ;; esac\n`;
    const how = { downloader, programs: { [downloader]: spider } };
    const ended = await restore(await behindProxy(how, 403), "restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/SHA256SUMS\.gpg: it was not the store that answered \(/);
    expect(ended.stderr).not.toMatch(/Trying again|--without-sums|new script/);
  });
});

test("a proxy that cannot reach the store is asked again", async () => {
  await bench.archive(GZIP, { origin: "https://store.example" });
  const behind = await behindProxy({ downloader: "curl" }, 503);
  const ended = await restore(quick(behind), "--tries=2", "restored");
  expect(ended).toMatchObject({ status: 1 });
  expect(ended.stderr).toContain("the proxy cannot reach the store (HTTP 503). It will be asked");
  expect(ended.lastLine).toMatch(/the proxy cannot reach the store \(HTTP 503\)\. Tried 2 times/);
});

describe("busybox wget, for https", () => {
  const busybox: How = { downloader: "wget", programs: { wget: applet("wget") } };

  test("sends to http_proxy in the clear, which is said, and its refusal may be the proxy's", async () => {
    await bench.archive(GZIP, { origin: "https://store.example" });
    const behind = await behindProxy(busybox, 403);
    const ended = await restore(behind, "restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(
      ended.stderr.match(/^Warning: this wget speaks to the proxy without TLS: /gm),
    ).toHaveLength(1);
    expect(ended.lastLine).toMatch(
      /the store, or the proxy, answers HTTP 403\. Install curl, which/,
    );
  });

  test("does not use https_proxy, which is said", async () => {
    // Nothing listens there.
    await bench.archive(GZIP, { origin: "https://127.0.0.1:1" });
    const { address, stop } = await startProxy({ refuse: 403 });
    onTestFinished(async () => await stop());
    const ended = await restore(
      { ...busybox, env: { https_proxy: address } },
      "--tries=1",
      "restored",
    );
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.stderr.match(/^Warning: this wget does not use https_proxy, /gm)).toHaveLength(1);
  });
});

test("a bucket in another region is reported as the store says it", async () => {
  const body = "<?xml version='1.0'?><Error><Code>PermanentRedirect</Code></Error>";
  bench.server.faults.set("2.gz.gpg", { faults: [{ status: 301, body }], always: true });
  const ended = await restore({ downloader: "curl" }, "restored");
  expect(ended.lastLine).toMatch(/has the bucket in another region, .*write a new script: backup-/);
});

test.each([405, 414, 501])("HTTP %d is tried again only where it may pass", async (status) => {
  bench.server.faults.set("2.gz.gpg", { faults: [{ status }], always: true });
  const ended = await restore({ downloader: "curl" }, "--tries=2", "restored");
  expect(ended.lastLine).toContain(`the store answers HTTP ${status}.`);
  expect(/Trying again/.test(ended.stderr)).toBe(status >= 500);
});

test("GNU wget does not wait for ever for a server that says no more than headers", async () => {
  const server = await listenOnLoopback(
    createServer((socket) => {
      noteAsked();
      const more = setInterval(() => socket.write("X-Wait: 1\r\n"), 100);
      socket.on("close", () => clearInterval(more)).write("HTTP/1.1 200 OK\r\n");
    }),
  );
  onTestFinished(async () => await server.stop());
  await bench.archive(GZIP, { origin: `http://127.0.0.1:${server.port}` });
  const ended = await restore(
    withSleep({ downloader: "wget" }, SHORT_SECONDS),
    "--tries=1",
    "restored",
  );
  expect(ended).toMatchObject({ status: 1 });
  expect(ended.lastLine).toMatch(/SHA256SUMS\.gpg: nothing came any more\. Tried once: /);
});

test("GNU wget does not wait for ever for a refusal that comes byte by byte", async () => {
  const server = await listenOnLoopback(
    createServer((socket) => {
      noteAsked();
      const more = setInterval(() => socket.write("<"), 100);
      socket.on("close", () => clearInterval(more));
      socket.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 100000\r\n\r\n");
    }),
  );
  onTestFinished(async () => await server.stop());
  await bench.archive(GZIP, { origin: `http://127.0.0.1:${server.port}` });
  const ended = await restore(withSleep({ downloader: "wget" }, SHORT_SECONDS), "restored");
  expect(ended).toMatchObject({ status: 1 });
  expect(ended.lastLine).toMatch(/HTTP 403/);
});

test("wget2, which takes URLs otherwise, is recognised", async () => {
  const wget =
    "#!/bin/sh\necho 'GNU Wget2 2.0.1 - multithreaded metalink/file/website downloader'\n";
  const ended = await restore({ downloader: "wget", programs: { wget } }, "restored");
  expect(ended).toMatchObject({ status: 1 });
  expect(ended.lastLine).toMatch(/This wget is wget2, .*: install curl\.$/);
  expect(bench.server.requests).toEqual([]);
});

test("GNU wget does not wait for a dead IPv6 at each chunk", async () => {
  const noted = `#!/bin/sh\nprintf '%s\\n' "$*" >>'${bench.path("asked")}'\nexec /usr/bin/wget "$@"\n`;
  const ended = await restore({ downloader: "wget", programs: { wget: noted } }, "restored");
  expect(ended).toMatchObject({ status: 0 });
  const asked = (await readFile(bench.path("asked"), "utf8")).split("\n");
  const fetches = asked.filter((line) => line.includes("-i -"));
  expect(fetches.length).toBeGreaterThan(2);
  expect(fetches.filter((line) => !line.includes("--prefer-family=IPv4"))).toEqual([]);
});

const EMPTY: Fault = { truncateTo: 0 };

function quick(how: How): How {
  return withSleep(how, SHORT_PAUSES);
}

function withSleep(how: How, sleep: string): How {
  return { ...how, programs: { ...how.programs, sleep } };
}

function noteAsked(): void {
  writeFileSync(bench.path("asked"), "");
}

/** Behind a proxy that answers everything so. */
async function behindProxy(how: How, status: number): Promise<How> {
  const { address, stop } = await startProxy({ refuse: status });
  onTestFinished(async () => await stop());
  return { ...how, env: { http_proxy: address, https_proxy: address } };
}

async function restore(how: How, ...args: string[]): Promise<Ended> {
  return await bench.run(["--passphrase-file", bench.passphraseFile, ...args], how);
}

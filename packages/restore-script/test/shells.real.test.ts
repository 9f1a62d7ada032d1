import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { listTree } from "@backuppc-archive-s3/test-rig";
import { type Bench, type How, setUpBench } from "./bench.ts";
import type { Ended } from "./run-script.ts";
import { applet, endKeyring, makeKey } from "./matrix.ts";
import { type ArchiveOptions, ATTEMPT, EARLIER, PASSPHRASE } from "./stored-archive.ts";

const run = promisify(execFile);
const GZIP = { compression: { name: "gzip", suffix: ".gz" } };
let bench: Bench;

beforeAll(async () => {
  bench = await setUpBench();
});
afterAll(async () => {
  await bench.tearDown();
});
beforeEach(async () => {
  await bench.startAfresh();
});

const DOWNLOADERS: Readonly<Record<string, How>> = {
  curl: { downloader: "curl" },
  wget: { downloader: "wget" },
  "busybox wget": { downloader: "wget", programs: { wget: applet("wget") } },
};

test.each(["zsh", "lksh"])("%s, called by its own name, restores", async (shell) => {
  expect(await restoredTree(GZIP, { shell })).toEqual(await listTree(bench.tree));
});

test.each(["mksh", "posh", "yash"])("%s, which cannot, says which can", async (shell) => {
  await bench.archive(GZIP);
  const ended = await restore(["restored"], { shell });
  expect(ended).toMatchObject({ status: 1 });
  expect(ended.lastLine).toMatch(/This shell .*: run the script with dash, bash or busybox sh\.$/);
  expect(bench.server.requests).toEqual([]);
});

describe.each(["dash", "bash", "busybox sh", "ksh", "zsh --emulate sh"])("Under %s", (shell) => {
  test("a disk of temporary files that is full is what the last line names", async () => {
    await bench.archive(GZIP);
    await mkdir(bench.path("full"));
    await run("mount", ["-t", "tmpfs", "-o", "size=120k", "tmpfs", bench.path("full")]);
    try {
      const how = { shell, env: { TMPDIR: bench.path("full") } };
      const ended = await restore(["--ignore-space", "restored"], how);
      expect(ended).toMatchObject({ status: 1 });
      expect(ended.lastLine).toMatch(/^restore\.sh: .*written to .*full\/restore\..*may be full/);
    } finally {
      await run("umount", [bench.path("full")]);
    }
  });

  test.each(Object.entries(DOWNLOADERS))("with %s the tree comes back", async (_, how) => {
    expect(await restoredTree(GZIP, { shell, ...how })).toEqual(await listTree(bench.tree));
  });

  test.each(Object.entries(DOWNLOADERS))(
    "with %s faults that pass are ridden out",
    async (_, how) => {
      await bench.archive(GZIP);
      bench.server.faults.set("1.gz.gpg", { faults: [{ status: 500 }, { status: 500 }] });
      const cut = { cutAfter: 20_000 };
      bench.server.faults.set("2.gz.gpg", { faults: [cut, cut] });
      bench.server.faults.set("3.gz.gpg", { faults: [{ flipBitAt: 9_999 }] });
      expect(await restoredTree(GZIP, { shell, ...how })).toEqual(await listTree(bench.tree));
      expect(bench.server.resumed).toContain(`${EARLIER}.00000002.gz.gpg`);
    },
  );

  test.each(Object.entries(DOWNLOADERS))(
    "with %s faults that stay are reported",
    async (_, how) => {
      await bench.archive(GZIP);
      for (const [status, reason] of [
        [403, /Chunk 3 of .*refuses the URL/],
        [404, /Chunk 3 of .*does not have it any more/],
      ] as const) {
        bench.server.faults.set("3.gz.gpg", { faults: [{ status }], always: true });
        const ended = await restore(["--force", "restored"], { shell, ...how });
        expect(ended).toMatchObject({ status: 1 });
        expect(ended.lastLine).toMatch(reason);
      }
    },
  );

  test.each(Object.entries(DOWNLOADERS))(
    "with %s a wrong clock is reported, and the store's tells when the URLs end",
    async (_, how) => {
      await bench.archive(GZIP);
      const ahead = await restore(["restored"], { shell, ...how, ...clockOff(how, 10_800) });
      expect(ahead).toMatchObject({ status: 0 });
      expect(ahead.stderr).toMatch(
        /the clock of this machine is 1[78]\d minutes off, compared with the store's/,
      );
      await bench.archive(GZIP, { expires: new Date(Date.now() - 3_600_000) });
      const behind = await restore(["other"], { shell, ...how, ...clockOff(how, -10_800) });
      expect(behind).toMatchObject({ status: 1 });
      expect(behind.lastLine).toMatch(/The URLs in this script expired on /);
    },
  );

  test("the wrong passphrase and a tar that fails are reported", async () => {
    await bench.archive({ ...GZIP, sums: false });
    const args = ["--passphrase-file=-", "--without-sums", "restored"];
    const wrong = await bench.run(args, { shell, stdin: "wrong\n" });
    expect(wrong).toMatchObject({ status: 1 });
    expect(wrong.lastLine).toMatch(/The passphrase is wrong/);
    const tar = "#!/bin/sh\nhead -c 70000 >/dev/null; echo 'tar: No space left' >&2; exit 2\n";
    const full = await restore(["--force", "--without-sums", "restored"], {
      shell,
      programs: { tar },
    });
    expect(full).toMatchObject({ status: 1 });
    expect(full.lastLine).toMatch(/tar failed.*No space left/);
  });

  test("INT in the middle ends it at once, and leaves no temporary file", async () => {
    await bench.archive(GZIP);
    bench.server.faults.set("3.gz.gpg", { faults: [{ hang: true }], always: true });
    const interruptWhen = (): boolean =>
      bench.server.requests.some((name) => name.endsWith("3.gz.gpg"));
    expect(await restore(["restored"], { shell, interruptWhen })).toMatchObject({ status: 130 });
    await bench.nothingIsLeft();
  });

  test("on a terminal it asks for the passphrase once, and shows nothing of it", async () => {
    await bench.archive(GZIP);
    const { stdout, status } = await bench.runOnTerminal(["restored"], shell, PASSPHRASE);
    expect(status).toBe(0);
    expect(stdout.match(/Passphrase for backup 7 of gandalf: /g)).toHaveLength(1);
    expect(stdout).not.toContain(PASSPHRASE);
    expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
  });
});

test.each(["openssl", "sha256sum", "shasum"])("%s alone can check the chunks", async (program) => {
  const hidden = ["openssl", "sha256sum", "shasum"].filter((other) => other !== program);
  expect(await restoredTree(GZIP, { hidden })).toEqual(await listTree(bench.tree));
});

test("where none can, that is reported, and an openssl that does not know SHA-256 is none", async () => {
  await bench.archive(GZIP);
  const programs = { openssl: "#!/bin/sh\necho unknown option; exit 1\n" };
  const ended = await restore(["restored"], { hidden: ["sha256sum", "shasum"], programs });
  expect(ended).toMatchObject({ status: 1 });
  expect(ended.lastLine).toMatch(/None of openssl, sha256sum and shasum was found/);
});

test.each([
  ["pigz", ".z"],
  ["pigz", ".gz"],
])("chunks of %s with the suffix %s are decompressed", async (name, suffix) => {
  expect(await restoredTree({ compression: { name, suffix } }, {})).toEqual(
    await listTree(bench.tree),
  );
});

describe.each(["dash", "zsh"])("With a full disk of temporary files, under %s", (shell) => {
  test.each([
    "--list",
    "restored noise",
    "restored",
    "--download chunks",
    "--download chunks --verify",
  ])("%s calls nothing forged or damaged", async (line) => {
    await bench.archive({ ...GZIP, index: true });
    await mkdir(bench.path("full"));
    const ended: Ended[] = [];
    for (const size of ["12k", "28k", "44k", "64k", "104k"]) {
      await run("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", bench.path("full")]);
      const how = { shell, env: { TMPDIR: bench.path("full") } };
      ended.push(await restore(["--force", "--ignore-space", ...line.split(" ")], how));
      await run("umount", [bench.path("full")]);
      await rm(bench.path("chunks"), { recursive: true, force: true });
    }
    const failed = ended.filter(({ status }) => status !== 0);
    expect(failed.length).toBeGreaterThan(0);
    for (const { status, lastLine } of failed)
      expect({ status, lastLine }).toEqual({
        status: 1,
        lastLine: expect.stringMatching(/full\/restore\..*, whose disk (is|may be) full/),
      });
  });
});

test("a disk that is full is reported beforehand, or in the middle with --ignore-space", async () => {
  await bench.archive(GZIP);
  await mkdir(bench.path("small"));
  await run("mount", ["-t", "tmpfs", "-o", "size=300k", "tmpfs", bench.path("small")]);
  try {
    const before = await restore(["small"], {});
    expect(before).toMatchObject({ status: 1 });
    expect(before.lastLine).toMatch(
      /small has 307\.2 kB free, but \d+\.\d kB are needed for the files/,
    );
    expect(bench.server.requests).toEqual([]);
    const amid = await restore(["--force", "--ignore-space", "small"], {});
    expect(amid).toMatchObject({ status: 1 });
    expect(amid.lastLine).toMatch(
      /tar failed, and what was restored is not whole: .*(No space left|Wrote only).*\(.*--tar bsdtar.* The next run, with --force/,
    );
    const chunks = await restore(["--ignore-space", "--download", "small"], {});
    expect(chunks).toMatchObject({ status: 1 });
    expect(chunks.lastLine).toMatch(/cannot be written to .*small, whose disk may be full/);
    await run("mount", ["-o", "remount,size=3m", bench.path("small")]);
    expect(await restore(["--force", "--download", "small"], {})).toMatchObject({ status: 0 });
    expect(await restore(["--force", "--download", "small", "small/restored"], {})).toMatchObject({
      status: 0,
    });
    expect(await listTree(bench.path("small/restored"))).toEqual(await listTree(bench.tree));
  } finally {
    await run("umount", [bench.path("small")]);
  }
});

test("chunks are restored from a medium that cannot be written to", async () => {
  await bench.archive(GZIP);
  await mkdir(bench.path("medium"));
  await run("mount", ["-t", "tmpfs", "tmpfs", bench.path("medium")]);
  try {
    expect(await restore(["--download", "medium"], {})).toMatchObject({ status: 0 });
    await run("mount", ["-o", "remount,ro", bench.path("medium")]);
    const args = ["--download", "medium", "restored"];
    expect(await restore(args, {})).toMatchObject({ status: 0 });
    expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
    await run("mount", ["-o", "remount,rw", bench.path("medium")]);
    await rm(bench.path(`medium/${ATTEMPT}.00000003.gz.gpg`));
    await run("mount", ["-o", "remount,ro", bench.path("medium")]);
    const ended = await restore(["--force", ...args], {});
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/You may not write to .*medium/);
  } finally {
    await run("umount", [bench.path("medium")]);
  }
});

test("files belong to the numbers of their owners, whatever the names are here", async () => {
  await run("chown", ["-R", "4242:4343", bench.tree]);
  await bench.archive({
    ...GZIP,
    host: "frodo",
    tarOptions: "--owner=daemon:4242 --group=daemon:4343",
  });
  for (const [name, text] of TARS) {
    const ended = await restore([name], { programs: { tar: text } });
    expect(ended).toMatchObject({ status: 0 });
    // busybox tar gives links to whoever runs it.
    const { stdout } = await run("find", [
      bench.path(name),
      "!",
      "-uid",
      "4242",
      "!",
      "-type",
      "l",
    ]);
    expect(stdout).toBe("");
  }
  await run("chown", ["-R", "0:0", bench.tree]);
});

test("an archive for a public key is restored with the caller's keyring", async () => {
  const keyring = await mkdtemp("/tmp/restore-keys-");
  try {
    const encryption = { passphrase: false, recipients: [await makeKey(keyring)], subkeys: [] };
    await bench.archive({ ...GZIP, encryption, keyring });
    const ended = await bench.run(["restored"], { env: { GNUPGHOME: keyring } });
    expect(ended).toMatchObject({ status: 0 });
    expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
    await mkdir(bench.path("no keys"), { mode: 0o700 });
    const without = await bench.run(["other"], { env: { GNUPGHOME: bench.path("no keys") } });
    expect(without).toMatchObject({ status: 1 });
    expect(without.lastLine).toMatch(/no secret key .*import one of [0-9A-F]{40}/);
  } finally {
    await endKeyring(keyring);
  }
});

test("shellcheck has nothing to say of a script", async () => {
  await bench.archive(GZIP);
  const { stdout } = await run("shellcheck", ["--shell=sh", bench.path("restore.sh")]);
  expect(stdout).toBe("");
});

const TARS: readonly (readonly [string, string])[] = [
  ["GNU", '#!/bin/sh\nexec /usr/bin/tar "$@"\n'],
  ["bsdtar", '#!/bin/sh\nexec bsdtar "$@"\n'],
  ["busybox", applet("tar")],
];

/** A clock that many seconds off. */
function clockOff({ programs }: How, seconds: number): How {
  const date = `#!/bin/sh\necho $(($(/bin/date +%s) + ${seconds}))\n`;
  return { programs: { ...programs, date } };
}

/** What comes back, once it did without trouble. */
async function restoredTree(options: ArchiveOptions, how: How): Promise<string[]> {
  await bench.archive(options);
  const ended = await restore(["restored"], how);
  if (ended.status !== 0) throw new Error(ended.stderr);
  await bench.nothingIsLeft();
  return await listTree(bench.path("restored"));
}

async function restore(args: readonly string[], how: How): ReturnType<Bench["run"]> {
  return await bench.run(["--passphrase-file", bench.passphraseFile, ...args], how);
}

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { listTree } from "@backuppc-archive-s3/test-rig";
import type { How } from "./bench.ts";
import { benchForTests, GZIP } from "./bench-for-tests.ts";
import type { Ended } from "./run-script.ts";
import { PASSPHRASE } from "./stored-archive.ts";

const bench = await benchForTests(GZIP);

/** Variables that bash and zsh set themselves, and by which scripts recognise them. */
const OF_OTHER_SHELLS = { BASHPID: "1", BASH_VERSION: "5.2", ZSH_VERSION: "5.9" };

describe.each(["dash", "bash", "zsh"])("Under %s", (shell) => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ["options for tar", { TAR_OPTIONS: "--exclude=noise" }],
    ["options for decompressors", { GZIP: "--unknown", XZ_OPT: "-z" }],
    ["odd words and directories", { IFS: "abc/0", CDPATH: "/etc", OLDPWD: "/etc" }],
    ["a language", { LANG: "tr_TR.UTF-8", LANGUAGE: "de", LC_ALL: "xx_XX" }],
    ["options of bash", { SHELLOPTS: "noclobber:nounset:errexit:noglob:allexport" }],
    ["variables of other shells", OF_OTHER_SHELLS],
    [
      "functions of bash",
      exported("tar", "cat", "printf", "rm", "gzip", "ls", "cd", "command", "["),
    ],
  ])("a caller's %s change nothing", async (_, env) => {
    expect.hasAssertions();
    await restoresAll({ env });
  });

  test("values of the script's own names that the caller exports change nothing", async () => {
    const names = await namesOfScript();
    expect(names.length).toBeGreaterThan(100);
    for (const value of ["yes", "a b", "7", ""]) {
      const env = Object.fromEntries(names.map((name) => [name, value]));
      await restoresAll({ env }, `restored with ${value}`);
    }
  });

  test("no program gets the passphrase in its environment", async () => {
    const programs = Object.fromEntries(
      ["gpg", "tar", "gzip", "tee", "cut"].map((name) => [name, noting(name)]),
    );
    await restoresAll({ env: { passphrase: "x", url: "x" }, programs });
    await restoresAll({ programs: { ...programs, called: `#!/bin/sh\nexec ${shell} -a "$@"\n` } });
    const seen = await readFile(bench.path("environment"), "utf8");
    expect(seen).toContain("GNUPGHOME=");
    expect(seen).not.toContain(PASSPHRASE);
  });

  test("a trace ends before the passphrase, and says so", async () => {
    const { stderr } = await restoresAll(called(`exec ${shell} -x "$@"`));
    expect(stderr).toContain("The trace ends here");
    expect(stderr).not.toContain("$HOME");
  });

  test.each(["2>&-", "2>/dev/full", "2>&1 | true", "<&-", ">&-"])(
    "with %s it restores all the same, and leaves nothing behind",
    async (redirection) => {
      expect.hasAssertions();
      const noted = `{ ${shell} "$@" ${redirection}; echo $? >status; }`;
      // A pipe ends with its last program, whose status would be the pipe's, too.
      const piped = noted.replace(" | true; echo $? >status; }", "; echo $? >status; } | true");
      const until = "until [ -s status ]; do sleep 0.1; done; exit $(cat status)";
      await restoresAll(called(`${piped}; ${until}`));
    },
  );

  test("a tar for a standard output that is closed is refused", async () => {
    const how = called(`exec ${shell} "$@" >&-`);
    const ended = await run(how, "--output", "-");
    expect(ended).toMatchObject({ status: 1, lastLine: expect.stringContaining("is closed") });
  });

  test("settings of curl and wget that would spoil the chunks are not heeded", async () => {
    expect.hasAssertions();
    await mkdir(bench.path("home"));
    await writeFile(bench.path("home/.curlrc"), "include\noutput = elsewhere\n");
    await writeFile(bench.path("home/.wgetrc"), "save_headers = on\nspider = on\n");
    const env = { HOME: bench.path("home") };
    await restoresAll({ env, downloader: "curl" }, "by curl");
    await restoresAll({ env, downloader: "wget" }, "by wget");
  });

  test("where the current directory is gone, a relative name restores nothing", async () => {
    const ended = await run(called(`mkdir gone; cd gone; rmdir ../gone; exec ${shell} "$@"`));
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/The current directory is gone: go to another/);
    expect(bench.server.requests).toEqual([]);
  });

  test("TMPDIR may be relative, and look like an option", async () => {
    expect.hasAssertions();
    await mkdir(bench.path("-t"));
    await restoresAll({ env: { TMPDIR: "-t" } });
  });

  test("what ls says of names is not quoted, and what was kept is found", async () => {
    const kept = ["--download", "chunks", "restored"];
    await run({}, ...kept);
    const asked = bench.server.requests.length;
    await run({ env: { QUOTING_STYLE: "c" } }, "--force", ...kept);
    expect(asked).toBeGreaterThan(0);
    expect(bench.server.requests).toHaveLength(asked);
  });

  test.each([{}, OF_OTHER_SHELLS])(
    "TERM ends it at once in the pause before another try, with %j in the environment",
    async (env) => {
      bench.server.faults.set("2.gz.gpg", { faults: [{ status: 500 }], always: true });
      // Who waits for the pause's end waits for longer than the test may take.
      const sleep = '#!/bin/sh\n[ "$1" != 8 ] || exec /bin/sleep 600\nexec /bin/sleep "$@"\n';
      const script = `${shell} "$@" & until grep -q 'again in 8 s' told; do /bin/sleep 0.1; done; kill $!; wait $!`;
      const { programs } = called(`exec 2>told; ${script}`);
      const ended = await run({ env, programs: { ...programs, sleep } });
      expect(ended.status).toBe(143);
      expect(await readFile(bench.path("told"), "utf8")).toMatch(/Interrupted\. [^\n]*\n$/);
      await bench.nothingIsLeft();
    },
  );

  test("a downloader that says all is well and brings nothing is reported", async () => {
    const programs = { curl: "#!/bin/sh\necho 200\n" };
    const ended = await run({ programs, downloader: "curl" }, "--tries=1", "restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/SHA256SUMS\.gpg: nothing came, though the answer was no error/);
  });

  async function run(how: How, ...args: string[]): Promise<Ended> {
    const restored = args.length > 0 ? args : ["restored"];
    return await bench.run(["--passphrase-file", bench.passphraseFile, ...restored], {
      shell: how.programs?.["called"] === undefined ? shell : "called",
      ...how,
    });
  }

  async function restoresAll(how: How, target = "restored"): Promise<Ended> {
    const ended = await run(how, "--force", target);
    if (ended.status !== 0) throw new Error(ended.stderr);
    expect(await listTree(bench.path(target))).toEqual(await listTree(bench.tree));
    await bench.nothingIsLeft();
    return ended;
  }
});

/** Calls the script by a command, which finds it and its arguments in "$@". */
function called(command: string): How {
  return { programs: { called: `#!/bin/sh\n${command}\n` } };
}

/** Functions as bash hands them to its children. */
function exported(...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`BASH_FUNC_${name}%%`, "() { echo instead; }"]));
}

/** A program that notes its environment, and then is what it is called. */
function noting(name: string): string {
  return `#!/bin/sh\nenv >>'${bench.path("environment")}'\nexec /usr/bin/${name} "$@"\n`;
}

/** All names that the script gives values to. */
async function namesOfScript(): Promise<string[]> {
  const script = await bench.script();
  const code = script.slice(0, script.indexOf("\nprint_chunks() {"));
  const given = [...code.matchAll(/(?:^|[\s;({])([A-Za-z_]\w*)=/gm)].map(([, name = ""]) => name);
  const read = [...code.matchAll(/\b(?:read -r|for) ([\w ]+?)(?: in\b| <|[;\n])/g)].flatMap(
    ([, names = ""]) => names.split(" "),
  );
  const kept = new Set(["GNUPGHOME", "GPG_TTY", "IFS", "LC_ALL", "WGETRC", "_", ""]);
  return [...new Set([...given, ...read])].filter((name) => !kept.has(name));
}

import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RestoreInput, restoreScript, RestoreScriptError } from "../src/index.ts";
import { asFileName, quote } from "../src/quote.ts";

const run = promisify(execFile);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "restore-script-quote-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Text made of what shells, here-documents and templates look for. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "'",
        '"',
        "`",
        "$",
        "$(touch PWNED)",
        "`touch PWNED`",
        "\n",
        "\r",
        "\\",
        ";",
        "|",
        "&",
        "#",
        "\nEND_OF_CHUNKS\ntouch PWNED\n",
        "\n}\ntouch PWNED\n",
        "'; touch PWNED; '",
        "-",
        "--",
        "~",
        "*",
        "$&",
        "$'",
        "$1",
        "'@HOST@'",
        "@CHUNKS@",
        "\u2028",
        "\u001B[2J",
        "é",
        " ",
        "\t",
        "!",
        "%s",
      ),
      fc.string({ unit: "binary", maxLength: 4 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

describe.each(["dash", "bash"])("Under %s", (shell) => {
  test("a quoted word is what it was", async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const word = Buffer.from(text).toString().replaceAll("\0", "");
        const { stdout } = await run(shell, ["-c", `printf '%s' ${quote(word)}`], { cwd: folder });
        expect(stdout).toBe(word);
      }),
      { numRuns: 60 },
    );
  });

  test("no host, key, URL or other name becomes shell", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          host: hostile.filter((text) => text !== ""),
          attempt: hostile,
          url: hostile,
          tool: hostile,
          shared: fc.boolean(),
          name: hostile.map((text) => `a${text}`),
        }),
        async (names) => {
          const script = join(folder, "restore.sh");
          await writeFile(script, restoreScript(archiveOf(names), { fileName: names.tool }));
          const { stdout } = await run(shell, [script, "--help"], { cwd: folder });
          expect(stdout).toMatch(/^Restores backup 7 of host /);
          expect(await tableOf(shell, script)).toMatch(
            /^(= 0 :[!-~]* :[!-~]* :[!-~]*\n)?\S+ 5 [0-9a-f]{64} (https:\/\/store\.example\/[!-~]* -|0{64} - [!-~]+)\n$/,
          );
          expect(await readdir(folder)).toEqual(["restore.sh"]);
        },
      ),
      { numRuns: 30 },
    );
  });
});

test("a name of a chunk can neither leave the directory nor be taken for an option", () => {
  const safe = ["..", ".", "-rf", "a b"].map((name) => asFileName(name));
  expect(safe).toEqual(["%2E.", "%2E", "%2Drf", "a%20b"]);
});

test.each([
  ["mine.sh", "sh mine.sh DIRECTORY"],
  ["web server.sh", "sh 'web server.sh' DIRECTORY"],
  ["-$(id)'s.sh", "sh './-$(id)'\\''s.sh' DIRECTORY"],
])("the head says how to run a script that is called %s", (fileName, line) => {
  expect(restoreScript(archiveOf({}), { fileName })).toContain(`\n#   ${line}\n`);
});

test.each([
  [{ url: "file:///etc/shadow" }, "URL"],
  [{ name: "" }, "name"],
  [{ sha256: "$(id)" }, "SHA-256"],
  [{ storedLength: 0.5 }, "length"],
])("a chunk with %j is refused", (change, what) => {
  expect(() => restoreScript(archiveOf(change))).toThrow(new RegExp(`impossible ${what}`));
});

test("a decompressor whose name could be something else is refused", () => {
  const compression = { name: "sh -c id", suffix: ".x" };
  expect(() => restoreScript({ ...archiveOf({}), compression })).toThrow(RestoreScriptError);
});

interface Names {
  readonly host?: string;
  readonly attempt?: string;
  readonly name?: string;
  readonly url?: string;
  readonly tool?: string;
  readonly sha256?: string;
  readonly storedLength?: number;
  /** Whether the URL shares its beginning and its query with others. */
  readonly shared?: boolean;
}

function archiveOf(names: Names): RestoreInput {
  const { host = "gandalf", attempt = "", name = "a", tool = "" } = names;
  const url =
    names.url?.startsWith("file:") === true
      ? names.url
      : `https://store.example/${names.url ?? ""}`;
  return {
    id: { host, number: 7, attempt },
    status: "complete",
    finished: new Date(0),
    tarBytes: 5,
    compression: { name: "none", suffix: "" },
    encryption: { passphrase: true, recipients: [tool], subkeys: [] },
    chunks: [
      {
        name,
        storedLength: names.storedLength ?? 5,
        sha256: names.sha256 ?? "0".repeat(64),
        ...(names.shared === true
          ? { path: `a/${url}/${name}`, signature: "0".repeat(64), versionId: `v${url}` }
          : { url }),
      },
    ],
    urls: { base: `https://store.example/${tool}`, query: tool },
    sums: { url },
    // A session key for a passphrase, and what it decrypts.
    dataKey: Uint8Array.of(0x8c, 1, 0, 0xd2, 1, 0),
    created: new Date(0),
    expires: new Date(0),
    tool,
  };
}

/** What the script's own function prints, as that shell understands it. */
async function tableOf(shell: string, script: string): Promise<string> {
  const onlyDefine = `sed -e '/^main "/d' "$1" >"$1.defined" && . "$1.defined"; rm "$1.defined"; trap - EXIT; print_chunks`;
  const { stdout } = await run(shell, ["-c", onlyDefine, "sh", script], { cwd: folder });
  return stdout;
}

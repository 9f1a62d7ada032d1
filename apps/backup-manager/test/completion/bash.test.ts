import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/command-line/commands.ts";
import { bashCompletion } from "../../src/completion/bash.ts";

const FILE = bashCompletion(COMMANDS);
const NAMES = COMMANDS.map(({ name }) => name);

/** What bash offers for the last word, sorted; readline has split the line into words. */
async function offered(...words: string[]): Promise<string[]> {
  const script = `${FILE}
    # Outside of a completion it is an error.
    compopt() { :; }
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _backup_manager
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const args = ["--norc", "-c", script, "bash", "backup-manager", ...words];
  const { stdout, stderr } = await promisify(execFile)("bash", args, { cwd: import.meta.dirname });
  expect(stderr).toBe("");
  return stdout.split("\n").filter(Boolean).toSorted();
}

describe("bash completes", () => {
  test("commands, also after options and their values", async () => {
    expect(await offered("")).toEqual(NAMES.toSorted());
    expect(await offered("de")).toEqual(["delete"]);
    expect(await offered("-H", "list", "-t", "s")).toEqual(["script", "show", "start"]);
  });

  test("the options of a command, and of all where none stands yet", async () => {
    expect(await offered("delete", "--keep-")).toEqual([
      "--keep-daily",
      "--keep-monthly",
      "--keep-weekly",
      "--keep-yearly",
    ]);
    expect(await offered("list", "--keep-")).toEqual([]);
    expect(await offered("--ex")).toEqual(["--expire"]);
    expect(await offered("-H", "delete", "show", "--keep")).toEqual([]);
  });

  test("the words that a command takes", async () => {
    expect(await offered("policy", "")).toEqual(["bucket", "manager", "signer", "uploader"]);
    expect(await offered("completion", "z")).toEqual(["zsh"]);
    expect(await offered("help", "sh")).toEqual(["show"]);
    expect(await offered("list", "")).toEqual([]);
  });

  test("names of files where one is needed, and nothing where only the user knows", async () => {
    expect(await offered("script", "-f", "bash.t")).toEqual(["bash.test.ts"]);
    expect(await offered("script", "--filename", "=", "bash.t")).toEqual(["bash.test.ts"]);
    expect(await offered("script", "--directory", "../compl")).toEqual(["../completion"]);
    expect(await offered("script", "--host", "")).toEqual([]);
    expect(await offered("script", "--host", "=")).toEqual([]);
  });

  test("every option that is not hidden", async () => {
    for (const { name, options } of COMMANDS) {
      const known = Object.entries(options).filter(([, { hidden }]) => hidden !== true);
      expect(await offered(name, "--")).toEqual(known.map(([option]) => `--${option}`).toSorted());
    }
  });
});

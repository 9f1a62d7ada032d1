import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { access, chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { parseSettings, resolvePassphrase } from "../../src/index.ts";
import type { PassphraseOptions } from "../../src/passphrase/passphrase.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "passphrase-"));
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

async function passphraseFor(
  line: string,
  options: PassphraseOptions = {},
): Promise<string | undefined> {
  const settings = parseSettings(`bucket = "x"\n${line}`, "config.toml");
  return (await resolvePassphrase(settings, options))?.reveal();
}

/** What a command may start: it says that it is alive once it is asked. */
function bystander(): string {
  return `(until [ -e '${folder}/asked' ]; do sleep 0.1; done; touch '${folder}/alive')`;
}

async function expectNoBystander(): Promise<void> {
  await writeFile(join(folder, "asked"), "");
  await sleep(1000);
  await expect(access(join(folder, "alive"))).rejects.toThrow("ENOENT");
}

/** Waits until Node has seen the end of the shell that writes its number into a file. */
async function endOfShell(): Promise<void> {
  const number = await vi.waitFor(async () => {
    const text = await readFile(join(folder, "shell"), "utf8");
    expect(text).toMatch(/\n$/);
    return Number(text);
  }, 120_000);
  while (existsSync(`/proc/${number}`)) await new Promise(setImmediate);
}

async function passphraseIn(content: string | Buffer, mode = 0o640): Promise<string | undefined> {
  const file = join(folder, "passphrase");
  await writeFile(file, content);
  await chmod(file, mode);
  return await passphraseFor(`passphraseFile = "${file}"`);
}

test("It is the first line of a file, with or without its end", async () => {
  expect(await passphraseIn("correct horse\nsecond line\n")).toBe("correct horse");
  expect(await passphraseIn(" kept as it is ")).toBe(" kept as it is ");
});

test("It is the first line that a command prints, which has nothing to read", async () => {
  expect(await passphraseFor('passphraseCommand = "cat; echo one; echo two"')).toBe("one");
});

test("It is the passphrase as it is written, and none where there is none", async () => {
  expect(await passphraseFor('passphrase = " spaces "')).toBe(" spaces ");
  expect(await passphraseFor('encryption = "none"')).toBeUndefined();
});

test.each([
  ['passphraseFile = "/nonexistent"', "/nonexistent can't be read: ENOENT"],
  ['passphraseFile = "/"', "can't be read: EISDIR, it is a directory."],
  ['passphraseCommand = "echo s3cr3t; echo s3cr3t >&2; exit 3"', "failed with status 3."],
  ['passphraseCommand = "echo s3cr3t; kill -9 $$"', "failed by SIGKILL."],
  ['passphraseCommand = "/nonexistent"', "passphraseCommand failed with status 127."],
  ['passphraseCommand = "yes s3cr3t"', "passphraseCommand prints more than 64 KiB."],
  ["passphraseCommand = 'printf \"\\377\"'", "passphraseCommand prints what is not UTF-8."],
  ['passphraseFile = "/dev/zero"', "/dev/zero can't be read: it is no regular file."],
  [
    'passphraseCommand = "true"',
    "What passphraseCommand prints has no passphrase in its first line.",
  ],
])("It refuses %s, and shows no secret", async (line, message) => {
  const failed = passphraseFor(line);
  await expect(failed).rejects.toMatchObject({
    code: "passphrase",
    message: expect.stringContaining(message),
  });
  await expect(failed).rejects.not.toThrow("s3cr3t");
});

test.each([
  ["is too long for the system", "x".repeat(200_000), "E2BIG"],
  ["no program can be given", "\\u0000", "ERR_INVALID_ARG_VALUE"],
])("It shows no command that %s", async (_what, text, code) => {
  await expect(passphraseFor(`passphraseCommand = "echo s3cr3t ${text}"`)).rejects.toMatchObject({
    code: "passphrase",
    message: `passphraseCommand could not be run: ${code}.`,
  });
});

test("It kills a command that takes too long, with what that started", async () => {
  const command = `${bystander()} & sleep 600`;
  await expect(
    passphraseFor(`passphraseCommand = "${command}"`, { patienceMs: 200 }),
  ).rejects.toMatchObject({
    code: "passphrase",
    message: "passphraseCommand gave no passphrase within 0.2 s.",
  });
  await expectNoBystander();
});

test("It signals nobody when the command has ended by itself: its number may be another's by then", async () => {
  const kill = vi.spyOn(process, "kill");
  await expect(passphraseFor('passphraseCommand = "exit 3"')).rejects.toThrow("status 3");
  const controller = new AbortController();
  const command = `echo $$ > '${folder}/shell'; sleep 30 & exit 0`;
  const left = passphraseFor(`passphraseCommand = "${command}"`, { signal: controller.signal });
  await endOfShell();
  controller.abort(new Error("cancelled"));
  await expect(left).rejects.toThrow("cancelled");
  expect(kill).not.toHaveBeenCalled();
});

test("It ends a command, with what that started, when it is no longer wanted", async () => {
  const controller = new AbortController();
  const resolving = passphraseFor(`passphraseCommand = "${bystander()} & wait"`, {
    signal: controller.signal,
  });
  setTimeout(() => controller.abort(new Error("cancelled")), 100);
  await expect(resolving).rejects.toThrow("cancelled");
  await expectNoBystander();
});

test("It ends a command that is no longer wanted before it runs", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const resolving = passphraseFor('passphraseCommand = "sleep 600"', { signal });
  controller.abort(new Error("cancelled"));
  await expect(resolving).rejects.toThrow("cancelled");
});

test("It waits for no one to write to a named pipe", async () => {
  const pipe = join(folder, "pipe");
  execFileSync("/bin/sh", ["-c", 'mkfifo "$0"', pipe]);
  await expect(passphraseFor(`passphraseFile = "${pipe}"`)).rejects.toThrow("no regular file");
});

test.each([
  ["a DOS line end, which gpg would take as part of it", "secret\r\n", "control characters"],
  ["an empty first line", "\nsecret\n", "has no passphrase in its first line."],
  ["a byte order mark", "\uFEFFsecret\n", "control characters"],
  ["more than a passphrase", Buffer.alloc(1_048_577, "x"), "it is larger than 1 MiB"],
  ["another encoding", Buffer.from("gr\u00FCn", "latin1"), "it is not UTF-8"],
])("It refuses a file with %s", async (_what, content, message) => {
  await expect(passphraseIn(content)).rejects.toMatchObject({
    code: "passphrase",
    message: expect.stringContaining(message),
  });
});

test.each([0o644, 0o602])("It refuses a file that others can read or change: %o", async (mode) => {
  await expect(passphraseIn("secret\n", mode)).rejects.toMatchObject({ code: "exposed" });
});

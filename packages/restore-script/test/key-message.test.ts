import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RestoreInput } from "../src/index.ts";
import { keyBlocks } from "../src/key-message.ts";
import { endKeyring, makeKey } from "./matrix.ts";

const run = promisify(execFile);
let folder: string;
let keyring: string;
/** For a passphrase and a key. */
let message: Uint8Array;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "restore-message-"));
  keyring = await mkdtemp(join(tmpdir(), "restore-keys-"));
  const key = await makeKey(keyring);
  await writeFile(join(folder, "plain"), "0123");
  const secret = ["--pinentry-mode", "loopback", "--passphrase", "secret", "--s2k-count", "65536"];
  const ways = ["--trust-model", "always", "--recipient", key, "--encrypt", "--symmetric"];
  const files = ["--output", join(folder, "message"), join(folder, "plain")];
  await gpg([...secret, ...ways, ...files]);
  message = await readFile(join(folder, "message"));
});
afterAll(async () => {
  await endKeyring(keyring);
  await rm(folder, { recursive: true });
});

test("a message for a passphrase and keys becomes one for each, which gpg decrypts as it is", async () => {
  const { KEY_FOR_PASSPHRASE, KEY_FOR_KEYS } = keyBlocks(archiveWith(message));
  for (const [text, kind] of [
    [KEY_FOR_PASSPHRASE, "symkey"],
    [KEY_FOR_KEYS, "pubkey"],
  ] as const) {
    await writeFile(join(folder, "armored"), `${text}\n`);
    const packets = await gpg(["--list-packets", "--list-only", join(folder, "armored")]);
    expect(packets.match(/(sym|pub)key(?= enc packet)/g)).toEqual([kind]);
    const secret = ["--pinentry-mode", "loopback", "--passphrase", "secret"];
    expect(await gpg([...secret, "--decrypt", join(folder, "armored")])).toBe("0123");
  }
});

test.each<[string, Uint8Array]>([
  ["nothing", Uint8Array.of()],
  ["text that was never encrypted", Uint8Array.of(0xcb, 3, 0x62, 0, 0)],
  ["such text behind a session key", Uint8Array.of(0xc3, 1, 4, 0xcb, 3, 0x62, 0, 0)],
  ["an encrypted message without a session key", Uint8Array.of(0xd2, 1, 1)],
  ["what is no message", new TextEncoder().encode("<html>")],
])("%s is refused as a data key", (_, bytes) => {
  expect(() => keyBlocks(archiveWith(bytes))).toThrow(/is not an encrypted OpenPGP message/);
});

test("session keys of all forms of length are understood", () => {
  const long = Array.from({ length: 300 }, () => 4);
  const body = [0xd2, 1, 1];
  const forms = [
    [0xc3, 1, 4],
    [0xc3, ((300 - 192) >> 8) + 192, (300 - 192) & 255, ...long],
    [0x8c, 1, 4],
    [0x8d, 300 >> 8, 300 & 255, ...long],
  ];
  for (const form of forms) {
    const { KEY_FOR_PASSPHRASE, KEY_FOR_KEYS } = keyBlocks(
      archiveWith(Uint8Array.from([...form, ...body])),
    );
    const base64 = KEY_FOR_PASSPHRASE.split("\n").slice(2, -2).join("");
    expect([...Buffer.from(base64, "base64")]).toEqual([...form, ...body]);
    expect(KEY_FOR_KEYS).toBe("");
  }
});

test("an archive for a passphrase needs a data key, unless it is of the Python program", () => {
  expect(() => keyBlocks(archiveWith(undefined))).toThrow(/data key is missing/);
  const { id, ...archive } = archiveWith(undefined);
  const { attempt: _, ...legacy } = id;
  expect(keyBlocks({ ...archive, id: legacy })).toEqual({
    KEY_FOR_PASSPHRASE: "",
    KEY_FOR_KEYS: "",
  });
});

function archiveWith(dataKey: Uint8Array | undefined): RestoreInput {
  return {
    id: { host: "gandalf", number: 7, attempt: "20261122T031500Z-5f3a9c" },
    status: "complete",
    finished: new Date(0),
    compression: { name: "none", suffix: "" },
    encryption: { passphrase: true, recipients: [], subkeys: [] },
    chunks: [],
    ...(dataKey !== undefined && { dataKey }),
    created: new Date(0),
    expires: new Date(0),
    tool: "",
  };
}

async function gpg(args: readonly string[]): Promise<string> {
  const { stdout } = await run("gpg", ["--homedir", keyring, "--batch", "--quiet", ...args]);
  return stdout;
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { KEY_KINDS, type KeyKind } from "./key-kinds.ts";
import { type GpgEnd, type GpgInput, runGpg } from "./run-gpg.ts";

/** A keyring of its own, with stock gpg: for tests of what encrypts. */
export interface GpgHome {
  readonly folder: string;
  run(args: readonly string[], given?: GpgInput): Promise<GpgEnd>;
  /** Makes a key without a passphrase and gives its fingerprint. */
  makeKey(kind: KeyKind, options?: KeyOptions): Promise<string>;
  revoke(fingerprint: string): Promise<void>;
  /** What `gpg --export` prints of the keys. */
  export(fingerprints: readonly string[], ...options: readonly string[]): Promise<Buffer>;
  /** What gpg opens. @throws {Error} with what gpg says, unless it ends well */
  decrypt(message: Uint8Array, passphrase?: string): Promise<Buffer>;
  remove(): Promise<void>;
}

/** What a key says of itself. */
export interface KeyOptions {
  /** `NAME <ADDRESS>` */
  readonly userId?: string;
  /** As gpg takes it: `1d`, `2030-01-01`; never, unless given. */
  readonly expires?: string;
  /** When the key was made, such as `20200101T000000`; now, unless given. */
  readonly made?: string;
}

/**
 * Makes an empty keyring in a folder of its own.
 *
 * @param program another gpg than that of this machine
 *
 * @example
 * const home = await createGpgHome();
 * const plain = await home.decrypt(message, passphrase);
 * await home.remove();
 */
export async function createGpgHome(program = "gpg"): Promise<GpgHome> {
  // Not in $TMPDIR: the socket of gpg's agent lies there, whose path can't be long.
  const folder = await mkdtemp("/tmp/gpg-home-");
  const run: GpgHome["run"] = (args, given) => runGpg(program, folder, args, given);
  return {
    folder,
    run,
    makeKey: (kind, options) => makeKey(run, kind, options),
    revoke: (fingerprint) => revoke(run, folder, fingerprint),
    export: async (fingerprints, ...options) =>
      (await well(run([...options, "--export", "--", ...fingerprints]))).stdout,
    decrypt: async (input, passphrase) =>
      (await well(run(["--quiet", "--decrypt"], { input, ...(passphrase && { passphrase }) })))
        .stdout,
    remove: async () => {
      const args = ["--homedir", folder, "--kill", "all"];
      await once(spawn("gpgconf", args, { stdio: "ignore" }), "close");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function makeKey(
  run: GpgHome["run"],
  kind: KeyKind,
  { userId = "Off-site <offsite@example.net>", expires = "0", made }: KeyOptions = {},
): Promise<string> {
  const [, name = "", address = ""] = /^(.*) <(.*)>$/.exec(userId) ?? [];
  const who = [`Name-Real: ${name}`, `Name-Email: ${address}`, `Expire-Date: ${expires}`];
  const recipe = ["%no-protection", ...KEY_KINDS[kind], ...who, "%commit", ""].join("\n");
  const time = made === undefined ? [] : ["--faked-system-time", made];
  const { stdout } = await well(
    run([...time, "--status-fd", "1", "--generate-key"], { input: recipe }),
  );
  const [, fingerprint] = /KEY_CREATED . (\w+)/.exec(stdout.toString()) ?? [];
  if (fingerprint === undefined) throw new Error("gpg made no key.");
  return fingerprint;
}

/** gpg keeps a certificate for that day beside each key, put out of action by a colon. */
async function revoke(run: GpgHome["run"], folder: string, fingerprint: string): Promise<void> {
  const file = join(folder, "openpgp-revocs.d", `${fingerprint}.rev`);
  const certificate = (await readFile(file, "utf8")).replace(":-----BEGIN", "-----BEGIN");
  await well(run(["--import"], { input: certificate }));
}

async function well(running: Promise<GpgEnd>): Promise<GpgEnd> {
  const end = await running;
  if (end.status === 0) return end;
  throw new Error(`gpg ended with status ${end.status}: ${end.stderr}`);
}

import { lstat, readFile, stat } from "node:fs/promises";
import { signingKeyFiles } from "@backuppc-archive-s3/archiver";
import { messageOf } from "@backuppc-archive-s3/process";
import { ManagerError } from "../manager-error.ts";

/** Where the keys are whose signature makes an archive genuine. */
export interface SignerPlaces {
  /** Files of public keys. */
  readonly signers: readonly string[];
  /** archive-host's working directory, if it is on this machine. */
  readonly stateDirectory: string;
}

/**
 * The armored public keys whose signature makes an archive genuine: those of the configuration, and on
 * archive-host's own machine the one in its working directory. None comes from the store.
 *
 * @throws {ManagerError} code `signer-key` for a configured file that cannot be read, or a working directory that
 *   others may write to
 */
export async function readSignerKeys({ signers, stateDirectory }: SignerPlaces): Promise<string[]> {
  const keys: string[] = [];
  for (const file of signers) keys.push(await configuredKey(file));
  const own = await ownKey(stateDirectory);
  return own === undefined ? keys : [...keys, own];
}

/** The files of those keys. @throws {ManagerError} as `readSignerKeys` */
export async function signerFiles(places: SignerPlaces): Promise<string[]> {
  const { signers, stateDirectory } = places;
  const hasOwn = (await readSignerKeys(places)).length > signers.length;
  return hasOwn ? [...signers, signingKeyFiles(stateDirectory).public] : [...signers];
}

async function configuredKey(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const why = messageOf(error);
    const hint =
      "Correct `signers` in the configuration, or let the user who runs this read the file.";
    throw new ManagerError("signer-key", `signer key cannot be read: ${why}`, hint, error);
  }
}

/** Undefined where archive-host does not run, has made no key yet, or the folder is closed to this user. */
async function ownKey(folder: string): Promise<string | undefined> {
  const { public: file } = signingKeyFiles(folder);
  const key = await readFile(file, "utf8").catch(() => undefined);
  if (key === undefined) return undefined;
  const [{ mode }, entry] = [await stat(folder), await lstat(file)];
  if ((mode & WRITABLE_BY_OTHERS) === 0 && entry.isFile()) return key;
  const message = `the signing key in ${folder} is not believed: other users may write to that folder`;
  throw new ManagerError("signer-key", message, `chmod go-w ${folder}`);
}

/** Mode bits of group and others. */
const WRITABLE_BY_OTHERS = 0o022;

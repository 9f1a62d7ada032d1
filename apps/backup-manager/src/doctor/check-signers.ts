import { constants } from "node:fs";
import { access, readdir } from "node:fs/promises";
import { basename } from "node:path";
import { indexedHosts, signingKeyFiles } from "@backuppc-archive-s3/archiver";
import type { Settings } from "@backuppc-archive-s3/settings";
import { count } from "../text/count.ts";
import { readSignerKeys } from "../trust/signer-keys.ts";
import { failed, type Finding, ok, warning } from "./finding.ts";

const CHECK = "signers";

/**
 * Whether archives can be verified, and whether archive-host's working directory is on this machine.
 *
 * @param hasArchives the store shows an archive
 */
export async function checkSigners(
  settings: Pick<Settings, "signers" | "stateDirectory">,
  hasArchives: boolean,
): Promise<Finding> {
  try {
    const keys = await readSignerKeys(settings);
    const { readSigners } = await import("@backuppc-archive-s3/gpg");
    await readSigners(keys);
    const { stateDirectory } = settings;
    const isHere = await access(stateDirectory, constants.W_OK).then(
      () => true,
      () => false,
    );
    const where = `${stateDirectory} is ${isHere ? "" : "not "}on this machine`;
    if (keys.length > 0)
      return ok(CHECK, `${count(keys.length, "file")} of signing keys; ${where}`);
    if (isHere && !hasArchives && (await isUnused(stateDirectory)))
      return ok(CHECK, `none yet: the first archive makes a signing key in ${stateDirectory}`);
    const remedy =
      "archive-host makes the key at its first run. Elsewhere, name a copy of it in `signers`.";
    return warning(CHECK, `no signing key is known, so no archive is verified; ${where}`, remedy);
  } catch (error) {
    return failed(CHECK, error);
  }
}

/** Nothing was ever archived with this working directory, as far as it shows. */
async function isUnused(stateDirectory: string): Promise<boolean> {
  const keys = Object.values(signingKeyFiles(stateDirectory)).map((file) => basename(file));
  const names = await readdir(stateDirectory);
  return (
    !names.some((name) => keys.includes(name)) && (await indexedHosts(stateDirectory)).length === 0
  );
}

import { constants } from "node:fs";
import { access } from "node:fs/promises";
import type { Settings } from "@backuppc-archive-s3/settings";
import { count } from "../text/count.ts";
import { readSignerKeys } from "../trust/signer-keys.ts";
import { failed, type Finding, ok, warning } from "./finding.ts";

const CHECK = "signers";

/** Whether archives can be verified, and whether archive-host's working directory is on this machine. */
export async function checkSigners(
  settings: Pick<Settings, "signers" | "stateDirectory">,
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
    const remedy =
      "archive-host makes the key at its first run. Elsewhere, name a copy of it in `signers`.";
    return warning(CHECK, `no signing key is known, so no archive is verified; ${where}`, remedy);
  } catch (error) {
    return failed(CHECK, error);
  }
}

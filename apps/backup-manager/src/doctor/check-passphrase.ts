import { resolvePassphrase, type Settings } from "@backuppc-archive-s3/settings";
import { failed, type Finding, ok, warning } from "./finding.ts";

const CHECK = "passphrase";

/** Whether it can be read; never what it is. */
export async function checkPassphrase(settings: Settings): Promise<Finding> {
  if (settings.encryption === "none") {
    const remedy = 'Remove encryption = "none" from the configuration.';
    return warning(CHECK, "archives are stored in clear", remedy);
  }
  try {
    const passphrase = await resolvePassphrase(settings);
    return ok(CHECK, passphrase === undefined ? "none: to public keys only" : "can be read");
  } catch (error) {
    return failed(CHECK, error);
  }
}

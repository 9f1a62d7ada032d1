import { type Catalog, openCatalog } from "@backuppc-archive-s3/backup-catalog";
import { type ObjectStore, StoreError } from "@backuppc-archive-s3/s3-transport";
import { resolvePassphrase, type Settings } from "@backuppc-archive-s3/settings";
import { openDataKey } from "../decrypt/opening-of.ts";
import { timeOf } from "../list/archives-of-hosts.ts";
import { ManagerError } from "../manager-error.ts";
import { failed, type Finding, ok, unknown, warning } from "./finding.ts";

const CHECK = "passphrase";

/**
 * Whether it can be read, and opens the newest archive; never what it is.
 *
 * @param store undefined: it shows no archive, or whoever asks may read none
 */
export async function checkPassphrase(
  settings: Settings,
  store: ObjectStore | undefined,
): Promise<Finding> {
  if (settings.encryption === "none") {
    const remedy = 'Remove encryption = "none" from the configuration.';
    return warning(CHECK, "archives are stored in clear", remedy);
  }
  try {
    const passphrase = await resolvePassphrase(settings);
    if (passphrase === undefined) return ok(CHECK, "none: to public keys only");
    if (store === undefined) return UNTRIED;
    return await tryPassphrase(passphrase.reveal(), openCatalog(store)).catch(notTried);
  } catch (error) {
    return failed(CHECK, error);
  }
}

const UNTRIED = ok(CHECK, "can be read; not tried: there is no archive that this key may read");

async function tryPassphrase(passphrase: string, catalog: Catalog): Promise<Finding> {
  const archives = (await catalog.list()).filter(({ status }) => status !== "incomplete");
  const newest = archives.toSorted((a, b) => timeOf(a) - timeOf(b)).at(-1);
  if (newest === undefined) return UNTRIED;
  const title = `${newest.id.host} ${newest.id.number}`;
  const key = await catalog.readKey(newest.id);
  if (key === undefined)
    return ok(CHECK, `can be read; not tried: the newest archive, ${title}, needs none`);
  try {
    await openDataKey(key.message, passphrase);
    return ok(CHECK, `opens the newest archive, ${title}`);
  } catch (error) {
    if (!(error instanceof ManagerError)) throw error;
    return { ...failed(CHECK, error), message: `${title}: ${error.message}` };
  }
}

/** What kept it from being tried is no fault of the passphrase. */
function notTried(error: unknown): Finding {
  return error instanceof StoreError && error.code === "denied" ? UNTRIED : unknown(CHECK, error);
}

import { resolve } from "node:path";
import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import { loadSettings, type Settings, settingsFile } from "@backuppc-archive-s3/settings";
import { readFingerprints } from "@backuppc-archive-s3/gpg";
import { readDrills } from "../drill/drill-files.ts";
import { jsonText } from "../json/json-text.ts";
import { lastDrillJson } from "../json/last-drill.ts";
import { isAnythingMissing, missingArchives, noteMissing } from "../list/missing-archives.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import { writePrivate } from "../script/write-private.ts";
import type { Site } from "../site.ts";
import { storeTime } from "../store-time.ts";
import { signerFiles } from "../trust/signer-keys.ts";
import { unverifiedRemedy } from "../trust/unverified-text.ts";
import { printable } from "../text/printable.ts";
import type { KitInvocation } from "./command.ts";
import { goodArchives } from "./good-archives.ts";
import { kitHtml } from "./kit-html.ts";
import { type Kit, kitJsonSchema } from "./kit-json.ts";
import { kitText } from "./kit-text.ts";

/**
 * Prints what someone needs to know who restores without this server. A host without a good archive fails it, and so does a
 * store without any.
 */
export async function kit(
  { config, json, html, test }: KitInvocation,
  site: Site,
  environment: NodeJS.ProcessEnv,
  output: Output,
): Promise<Outcome> {
  const settings = await loadSettings({ file: config, environment, readOnly: true, manager: true });
  const configuration = resolve(settingsFile({ file: config, environment }));
  const archives = await site.catalog.list({ steady: true });
  const hosts = await hostsOf(archives, site, output);
  const sheet = await sheetOf(settings, configuration, hosts);
  const text = html === undefined ? kitText(sheet) : kitHtml(kitText(sheet));
  if (html === undefined || html === "-")
    await output.result(json ? jsonText(kitJsonSchema, sheet) : text);
  else if (!test) await writePrivate(html, text);
  const missing = await missingArchives(archives, SOME_EXPECTED, site, storeTime(site.store));
  noteMissing(missing, archives, undefined, site, output);
  const isGood = noteWithout(sheet, output);
  return isGood && !isAnythingMissing(missing) ? "done" : "failed";
}

/** As for `list --undrilled`: a sheet of no archive helps nobody. */
const SOME_EXPECTED = { host: undefined, overdue: undefined, undrilled: 0 };

/** @returns false if there is a host without a good archive, or no key that could make one good */
function noteWithout({ hosts, keys }: Kit, output: Output): boolean {
  if (keys.signers.length === 0) {
    output.note(
      `no signing key is known, so no archive is good. ${unverifiedRemedy("no-signers")}`,
    );
    return false;
  }
  const without = hosts.filter(({ good }) => good === null);
  for (const { host } of without)
    output.note(`${printable(host)} has no good archive. Run \`backup-manager verify\`.`);
  return without.length === 0;
}

async function sheetOf(
  settings: Settings,
  configuration: string,
  hosts: Kit["hosts"],
): Promise<Kit> {
  const signers = await signerFiles(settings);
  return {
    format: 1,
    printed: new Date().toISOString(),
    store: storeOf(settings),
    hosts,
    keys: {
      signers: await readFingerprints(signers),
      recipients: await readFingerprints(settings.recipients),
    },
    places: placesOf(settings, configuration, signers),
  };
}

function storeOf({ endpoint, region, bucket, prefix }: Settings): Kit["store"] {
  return { endpoint: endpoint ?? null, region, bucket, prefix };
}

async function hostsOf(
  archives: readonly ArchiveSummary[],
  site: Site,
  output: Output,
): Promise<Kit["hosts"]> {
  const drills = await readDrills(site.stateDirectory, (line) => output.note(line));
  const good = await goodArchives(archives, site, (line) => output.progress(line));
  return [...good].map(([host, archive]) => {
    const kept = drills.get(host);
    return { host, good: archive, drill: kept === undefined ? null : lastDrillJson(kept) };
  });
}

/** Where it is configured, and never what it is: a command may hold a password, too. */
function placesOf(
  settings: Settings,
  configuration: string,
  signers: readonly string[],
): Kit["places"] {
  const { passphraseFile, passphraseCommand, passphrase, caFile } = settings;
  const place =
    (passphraseFile === undefined ? undefined : resolve(passphraseFile)) ??
    (passphraseCommand === undefined ? undefined : `the passphraseCommand of ${configuration}`) ??
    (passphrase === undefined ? undefined : configuration);
  const authority = caFile === undefined ? null : resolve(caFile);
  return {
    configuration,
    passphrase: place ?? null,
    signers: signers.map((file) => resolve(file)),
    authority,
  };
}

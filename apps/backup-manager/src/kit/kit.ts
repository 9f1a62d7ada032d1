import { resolve } from "node:path";
import { loadSettings, type Settings, settingsFile } from "@backuppc-archive-s3/settings";
import { readFingerprints } from "@backuppc-archive-s3/gpg";
import { readDrills } from "../drill/drill-files.ts";
import { jsonText } from "../json/json-text.ts";
import { lastDrillJson } from "../json/last-drill.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import { writePrivate } from "../script/write-private.ts";
import type { Site } from "../site.ts";
import { signerFingerprints } from "../trust/signer-keys.ts";
import { printable } from "../text/printable.ts";
import type { KitInvocation } from "./command.ts";
import { goodArchives } from "./good-archives.ts";
import { kitHtml } from "./kit-html.ts";
import { type Kit, kitJsonSchema } from "./kit-json.ts";
import { kitText } from "./kit-text.ts";

/** Prints what someone needs to know who restores without this server. A host without a good archive fails it. */
export async function kit(
  { config, json, html, test }: KitInvocation,
  site: Site,
  environment: NodeJS.ProcessEnv,
  output: Output,
): Promise<Outcome> {
  const settings = await loadSettings({ file: config, environment, readOnly: true, manager: true });
  const sheet: Kit = {
    format: 1,
    printed: new Date().toISOString(),
    store: storeOf(settings),
    hosts: await hostsOf(site, output),
    keys: {
      signers: await signerFingerprints(settings),
      recipients: await readFingerprints(settings.recipients),
    },
    places: placesOf(settings, resolve(settingsFile({ file: config, environment }))),
  };
  const text = html === undefined ? kitText(sheet) : kitHtml(kitText(sheet));
  if (html === undefined || html === "-")
    await output.result(json ? jsonText(kitJsonSchema, sheet) : text);
  else if (!test) await writePrivate(html, text);
  const without = sheet.hosts.filter(({ good }) => good === null);
  for (const { host } of without)
    output.note(`${printable(host)} has no good archive. Run \`backup-manager verify\`.`);
  return without.length > 0 ? "failed" : "done";
}

function storeOf({ endpoint, region, bucket, prefix }: Settings): Kit["store"] {
  return { endpoint: endpoint ?? null, region, bucket, prefix };
}

async function hostsOf(site: Site, output: Output): Promise<Kit["hosts"]> {
  const drills = await readDrills(site.stateDirectory, (line) => output.note(line));
  const good = await goodArchives(site, (line) => output.progress(line));
  return [...good].map(([host, archive]) => {
    const kept = drills.get(host);
    return { host, good: archive, drill: kept === undefined ? null : lastDrillJson(kept) };
  });
}

/** Where it is configured, and never what it is: a command may hold a password, too. */
function placesOf(settings: Settings, configuration: string): Kit["places"] {
  const { passphraseFile, passphraseCommand, passphrase, caFile } = settings;
  const place =
    (passphraseFile === undefined ? undefined : resolve(passphraseFile)) ??
    (passphraseCommand === undefined ? undefined : `the passphraseCommand of ${configuration}`) ??
    (passphrase === undefined ? undefined : configuration);
  const authority = caFile === undefined ? null : resolve(caFile);
  return { configuration, passphrase: place ?? null, authority };
}

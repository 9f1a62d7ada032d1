import { jsonText } from "../json/json-text.ts";
import { isLegacy } from "../legacy/legacy-bucket-site.ts";
import { archivesOfHosts } from "../list/archives-of-hosts.ts";
import { ManagerError, noSuchHost } from "../manager-error.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { askNewPassphrase } from "./ask-passphrase.ts";
import type { RekeyInvocation } from "./command.ts";
import { type RekeyedHost, rekeyHost } from "./rekey-host.ts";
import { rekeyedJson, rekeyJsonSchema } from "./rekey-json.ts";
import { rekeyTable } from "./rekey-table.ts";

/** Gives all archives of hosts a new passphrase, without uploading a chunk. Stopped anywhere, it is to be run again. */
export async function rekey(asked: RekeyInvocation, site: Site, output: Output): Promise<Outcome> {
  const { test, json, quiet } = asked;
  const hosts = await hostsOf(asked, site);
  const passphrases = { old: await oldOf(asked, site), new: await newOf(asked, site) };
  if (passphrases.old === passphrases.new)
    throw new ManagerError("no-passphrase", "the new passphrase is the old one", "Give another.");
  const rekeyed: RekeyedHost[] = [];
  for (const archives of hosts.values())
    rekeyed.push(await rekeyHost(archives, { ...passphrases, test }, site, output));
  output.progress("");
  const isWell = rekeyed.every(({ failures }) => failures.length === 0);
  if (json) {
    const result = { format: 1 as const, test, hosts: rekeyed.map(rekeyedJson) };
    await output.result(jsonText(rekeyJsonSchema, result));
  } else if (!quiet) await output.result(rekeyTable(rekeyed, test));
  if (!isWell) return "failed";
  return rekeyed.every(({ changed, unchanged }) => changed + unchanged === 0)
    ? "nothing-matched"
    : "done";
}

async function hostsOf(
  { hosts }: RekeyInvocation,
  { catalog, name }: Site,
): Promise<ReturnType<typeof archivesOfHosts>> {
  const archives = (await catalog.list({ steady: true })).filter(({ id }) => !isLegacy(id));
  const all = archivesOfHosts(archives);
  if (hosts === undefined) return all;
  return new Map(
    hosts.map((host) => {
      const ofHost = all.get(host);
      if (ofHost === undefined) throw noSuchHost(host, name);
      return [host, ofHost];
    }),
  );
}

async function oldOf({ oldPassphraseFile }: RekeyInvocation, site: Site): Promise<string> {
  if (oldPassphraseFile !== undefined) return await site.passphraseOf(oldPassphraseFile);
  const configured = await site.passphrase();
  if (configured !== undefined) return configured;
  const hint = "Give --old-passphrase-file FILE.";
  throw new ManagerError("no-passphrase", "the configuration has no passphrase", hint);
}

async function newOf({ newPassphraseFile }: RekeyInvocation, site: Site): Promise<string> {
  if (newPassphraseFile !== undefined) return await site.passphraseOf(newPassphraseFile);
  return await askNewPassphrase();
}

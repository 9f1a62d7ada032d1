import { createS3, withPrefix } from "@backuppc-archive-s3/s3-transport";
import { type Settings, storeLocation } from "@backuppc-archive-s3/settings";
import { usageError } from "../command-line/usage-error.ts";
import { jsonText } from "../json/json-text.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import { checkAuthority } from "./check-authority.ts";
import { checkAnswer, checkBucket } from "./check-bucket.ts";
import { checkConfiguration } from "./check-configuration.ts";
import { checkPassphrase } from "./check-passphrase.ts";
import { checkCron } from "./check-cron.ts";
import { checkBackupPc, checkGpg } from "./check-programs.ts";
import { checkKeys, checkProxy } from "./check-proxy.ts";
import { checkRecipients } from "./check-recipients.ts";
import { checkSigners } from "./check-signers.ts";
import { checkStore } from "./check-store.ts";
import type { DoctorInvocation } from "./command.ts";
import { doctorJsonSchema } from "./doctor-json.ts";
import { type Finding, findingLines, skipped } from "./finding.ts";
import { howToMakeBucket } from "./how-to-make-bucket.ts";
import type { CheckedRole } from "./right-findings.ts";
import { newProbeKeys } from "./try-rights.ts";

/** Checks everything that the programs need, and names the remedy for what is missing. */
export async function doctor(
  asked: DoctorInvocation,
  environment: NodeJS.ProcessEnv,
  output: Output,
): Promise<Outcome> {
  const { as, config, test } = asked;
  if (test)
    throw usageError("doctor goes without --test: it has to store an object, which it deletes");
  output.progress("checking the configuration");
  const options = {
    file: config,
    environment,
    manager: as !== "uploader",
    readOnly: as === "manager",
  };
  const { findings: ofFiles, settings, isManagers } = await checkConfiguration(options);
  const role = as ?? (isManagers ? "manager" : "both");
  const findings = [
    ...ofFiles,
    ...(settings === undefined
      ? [skipped("store", "the configuration cannot be used")]
      : await checkSettings(settings, role, environment, output)),
    await checkGpg(),
    ...(await checkBackupPc({ stateDirectory: settings?.stateDirectory, role })),
    ...(await checkCron()),
  ];
  await print(findings, asked, output);
  return findings.some(({ state }) => state === "failed") ? "failed" : "done";
}

async function print(
  findings: readonly Finding[],
  { json, quiet }: DoctorInvocation,
  output: Output,
): Promise<void> {
  const shown = quiet ? findings.filter(({ state }) => state !== "ok") : findings;
  if (json) {
    const results = shown.map((each) => ({ ...each, remedy: each.remedy ?? null }));
    await output.result(jsonText(doctorJsonSchema, { format: 1, findings: results }));
  } else if (shown.length > 0) await output.result(findingLines(shown));
}

async function checkSettings(
  settings: Settings,
  role: CheckedRole,
  environment: NodeJS.ProcessEnv,
  output: Output,
): Promise<Finding[]> {
  const { region, prefix, bucket } = settings;
  const proxy = checkProxy(settings, environment);
  if (proxy.some(({ state }) => state === "failed"))
    return [...proxy, skipped("store", "the proxy cannot be used")];
  const keys = checkKeys(settings, environment);
  if (keys.some(({ state }) => state === "failed"))
    return [...keys, skipped("store", "the access key cannot be used")];
  const authority = checkAuthority(settings);
  if (authority.some(({ state }) => state === "failed"))
    return [...authority, skipped("store", "caFile cannot be used")];
  const location = storeLocation(settings, { environment });
  output.progress(`checking the store s3://${bucket}/${prefix}`);
  await using s3 = createS3(location);
  const { inspector } = s3;
  const store = withPrefix(s3.store, prefix);
  const ofStore = await checkStore(store, inspector, {
    prefix,
    keys: newProbeKeys(),
    role,
    howToMakeBucket: howToMakeBucket(settings),
  });
  return [
    // An uploader may read no archive.
    await checkPassphrase(settings, ofStore.hasArchives && role !== "uploader" ? store : undefined),
    ...(await checkRecipients(settings)),
    await checkSigners(settings, ofStore.hasArchives),
    ...keys,
    ...proxy,
    ...authority,
    ...ofStore.findings,
    ...(await checkAnswer(inspector, region)),
    // An uploader may ask for none of it.
    ...(ofStore.answers && role !== "uploader" ? await checkBucket(inspector, prefix) : []),
  ];
}

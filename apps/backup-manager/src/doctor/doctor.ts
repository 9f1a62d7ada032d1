import { randomBytes } from "node:crypto";
import { createS3 } from "@backuppc-archive-s3/s3-transport";
import { type Settings, storeLocation } from "@backuppc-archive-s3/settings";
import { usageError } from "../command-line/usage-error.ts";
import { jsonText } from "../json/json-text.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import { checkAuthority } from "./check-authority.ts";
import { checkAnswer, checkBucket } from "./check-bucket.ts";
import { checkConfiguration } from "./check-configuration.ts";
import { checkPassphrase } from "./check-passphrase.ts";
import { checkBackupPc, checkGpg } from "./check-programs.ts";
import { checkKeys, checkProxy } from "./check-proxy.ts";
import { checkRecipients } from "./check-recipients.ts";
import { checkSigners } from "./check-signers.ts";
import { checkStore } from "./check-store.ts";
import type { DoctorInvocation } from "./command.ts";
import { doctorJsonSchema } from "./doctor-json.ts";
import { type Finding, findingLines, skipped } from "./finding.ts";

/** Checks everything that the programs need, and names the remedy for what is missing. */
export async function doctor(
  { config, json, quiet, test }: DoctorInvocation,
  environment: NodeJS.ProcessEnv,
  output: Output,
): Promise<Outcome> {
  if (test)
    throw usageError("doctor goes without --test: it has to store an object, which it deletes");
  output.progress("checking the configuration");
  const { finding, settings } = await checkConfiguration({ file: config, environment });
  const findings = [
    finding,
    ...(settings === undefined
      ? [skipped("store", "the configuration cannot be used")]
      : await checkSettings(settings, environment, output)),
    await checkGpg(),
    ...(await checkBackupPc(settings?.stateDirectory)),
  ];
  const shown = quiet ? findings.filter(({ state }) => state !== "ok") : findings;
  if (json) {
    const results = shown.map((each) => ({ ...each, remedy: each.remedy ?? null }));
    await output.result(jsonText(doctorJsonSchema, { format: 1, findings: results }));
  } else if (shown.length > 0) await output.result(findingLines(shown));
  return findings.some(({ state }) => state === "failed") ? "failed" : "done";
}

async function checkSettings(
  settings: Settings,
  environment: NodeJS.ProcessEnv,
  output: Output,
): Promise<Finding[]> {
  const { region, prefix, bucket } = settings;
  const proxy = checkProxy(settings, environment);
  if (proxy.some(({ state }) => state === "failed"))
    return [...proxy, skipped("store", "the proxy cannot be used")];
  const authority = checkAuthority(settings);
  if (authority.some(({ state }) => state === "failed"))
    return [...authority, skipped("store", "caFile cannot be used")];
  const location = storeLocation(settings, { environment });
  const key = `${prefix}doctor.${randomBytes(6).toString("hex")}`;
  output.progress(`checking the store s3://${bucket}/${prefix}`);
  await using s3 = createS3(location);
  const { store, inspector } = s3;
  const ofStore = await checkStore(store, inspector, { prefix, key });
  return [
    await checkPassphrase(settings),
    ...(await checkRecipients(settings)),
    await checkSigners(settings),
    ...checkKeys(settings, environment),
    ...proxy,
    ...authority,
    ...ofStore.findings,
    ...(await checkAnswer(inspector, region)),
    ...(ofStore.answers ? await checkBucket(inspector, prefix) : []),
  ];
}

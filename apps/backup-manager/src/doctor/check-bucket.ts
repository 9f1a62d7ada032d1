import type { BucketInspector, LifecycleRule } from "@backuppc-archive-s3/s3-transport";
import { count } from "../text/count.ts";
import { asFailure, failed, type Finding, ok, unknown, warning } from "./finding.ts";

/** What the bucket is set to, as far as this key may know. */
export async function checkBucket(inspector: BucketInspector, prefix: string): Promise<Finding[]> {
  return [
    await checkVersioning(inspector),
    await checkObjectLock(inspector),
    await checkLifecycle(inspector, prefix),
  ];
}

/** What any answer of the store shows. */
export async function checkAnswer(inspector: BucketInspector, region: string): Promise<Finding[]> {
  try {
    const answer = await inspector.answer();
    return [regionOf(answer.region, region), clockOf(answer.clockAheadMs)];
  } catch (error) {
    return [failed("region", error), failed("clock", error)];
  }
}

function regionOf(told: string | undefined, region: string): Finding {
  if (told === undefined)
    return unknown("region", `the store does not report it; ${region} is used`);
  if (told === region) return ok("region", `${region}, as the store says`);
  const remedy = `Set region = "${told}" in the configuration: URLs of restore scripts need it right.`;
  return asFailure(warning("region", `the bucket is in ${told}, not in ${region}`, remedy));
}

function clockOf(ahead: number | undefined): Finding {
  if (ahead === undefined) return unknown("clock", "the store does not report its time");
  const seconds = Math.round(Math.abs(ahead) / 1000);
  const message = `${seconds} s ${ahead < 0 ? "ahead of" : "behind"} the store's`;
  if (seconds <= TOLERABLE) return ok("clock", "agrees with the store's");
  const remedy = "Set this machine's clock (timedatectl set-ntp true).";
  if (seconds < REFUSED) return warning("clock", message, remedy);
  return asFailure(warning("clock", message, remedy));
}

/** Seconds; the store's time comes in whole ones. */
const TOLERABLE = 5;
/** Seconds: stores refuse signatures that are 15 minutes off. */
const REFUSED = 900;

async function checkVersioning(inspector: BucketInspector): Promise<Finding> {
  return await attempt("versioning", async () => {
    const state = await inspector.versioning();
    if (state === "off") return ok("versioning", "off: deleting frees space");
    const remedy =
      "`delete --purge-versions` frees space; or have a lifecycle rule expire old versions.";
    return warning(
      "versioning",
      `${state}: what is deleted stays as a version and is paid for`,
      remedy,
    );
  });
}

async function checkObjectLock(inspector: BucketInspector): Promise<Finding> {
  return await attempt("object lock", async () => {
    const lock = await inspector.objectLock();
    if (lock === undefined) return ok("object lock", "off");
    const { mode, days } = lock;
    if (mode === undefined)
      return ok("object lock", "on, without a default: nothing is locked by itself");
    return ok(
      "object lock",
      `${mode} for ${count(days ?? 0, "day")}: nothing younger can be deleted`,
    );
  });
}

async function checkLifecycle(inspector: BucketInspector, prefix: string): Promise<Finding> {
  return await attempt("lifecycle", async () => {
    const rules = (await inspector.lifecycle()).filter(
      (rule) => rule.prefix.startsWith(prefix) || prefix.startsWith(rule.prefix),
    );
    return lifecycleOf(rules);
  });
}

function lifecycleOf(rules: readonly LifecycleRule[]): Finding {
  const expiring = rules.find(({ expiresAfterDays }) => expiresAfterDays !== undefined);
  if (expiring !== undefined) {
    const message = `a rule deletes objects below "${expiring.prefix}" after ${count(expiring.expiresAfterDays ?? 0, "day")}`;
    return warning(
      "lifecycle",
      message,
      "Remove it: it makes holes in archives. `delete` knows what may go.",
    );
  }
  const moving = rules.find(({ movesTo }) => movesTo !== undefined);
  if (moving !== undefined) {
    const remedy = "Glacier's classes must be restored before a script can download.";
    return warning(
      "lifecycle",
      `a rule moves objects below "${moving.prefix}" to ${moving.movesTo}`,
      remedy,
    );
  }
  const drops = rules.some(({ dropsUploadsAfterDays }) => dropsUploadsAfterDays !== undefined);
  if (drops) return ok("lifecycle", "left-over uploads are dropped, and nothing else");
  return ok("lifecycle", "no rule; none is needed, since no upload is in parts");
}

async function attempt(check: string, find: () => Promise<Finding>): Promise<Finding> {
  try {
    return await find();
  } catch (error) {
    return unknown(check, error);
  }
}

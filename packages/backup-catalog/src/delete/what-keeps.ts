import type { BucketProtection, VersionedStore } from "@backuppc-archive-s3/s3-transport";
import { callWith } from "../read/call-with.ts";
import type { DeleteOptions, DeleteOutcome } from "./delete-outcome.ts";

/** Adds to what a delete did whether the bucket keeps it. Asks the bucket once, and only after something was deleted. */
export function keeperOf(
  versions: VersionedStore | undefined,
): (outcome: DeleteOutcome, options: DeleteOptions) => Promise<DeleteOutcome> {
  let protection: BucketProtection | undefined;
  return async (outcome, { signal, purgeVersions }) => {
    if (purgeVersions === true || outcome.deleted === 0 || versions === undefined) return outcome;
    const call = callWith(signal);
    protection ??= await versions.protection(call);
    const { versioning, objectLock } = protection;
    if (versioning !== "enabled" && versioning !== "suspended") return outcome;
    return { ...outcome, keptBy: objectLock === true ? "object-lock" : "versioning" };
  };
}

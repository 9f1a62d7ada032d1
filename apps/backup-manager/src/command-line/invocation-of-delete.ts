import type { RetentionPolicy } from "@backuppc-archive-s3/backup-catalog";
import type { DeleteInvocation } from "./invocation.ts";
import type { OptionValues } from "./option-values.ts";
import { usageError } from "./usage-error.ts";

type Own = Pick<DeleteInvocation, "selection" | "purgeVersions" | "start">;

/** What delete is asked for. @throws {ManagerError} code `usage` */
export function deleteOf(values: OptionValues): Own {
  const { purgeVersions, startBackups, age, keep = 1, archiveHost } = values;
  if (startBackups && age === undefined) throw usageError("--start-backups needs --age");
  if (archiveHost !== undefined && !startBackups)
    throw usageError("--archive-host goes with delete --start-backups and start only");
  const start = startBackups ? { keep, archiveHost } : undefined;
  return { selection: selectionOf(values), purgeVersions, start };
}

function selectionOf(values: OptionValues): Own["selection"] {
  const { host, number, attempt } = values;
  const rules = rulesOf(values);
  const isPolicy = Object.keys(rules).length > 0;
  if (number !== undefined && host !== undefined) {
    if (isPolicy) throw usageError("--backup-number goes without --age and --keep");
    return { host, number, attempt };
  }
  if (values.age === undefined && !hasCalendarRule(values))
    throw usageError("delete needs --age, or a --keep-daily, or --host and --backup-number");
  const timeZone = values.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return { policy: { ...rules, timeZone }, host };
}

function rulesOf(values: OptionValues): Omit<RetentionPolicy, "timeZone"> {
  const { age, keep, keepDaily, keepWeekly, keepMonthly, keepYearly } = values;
  return {
    ...(age !== undefined && { age }),
    ...(keep !== undefined && { keep }),
    ...(keepDaily !== undefined && { daily: keepDaily }),
    ...(keepWeekly !== undefined && { weekly: keepWeekly }),
    ...(keepMonthly !== undefined && { monthly: keepMonthly }),
    ...(keepYearly !== undefined && { yearly: keepYearly }),
  };
}

function hasCalendarRule({
  keepDaily,
  keepWeekly,
  keepMonthly,
  keepYearly,
}: OptionValues): boolean {
  return [keepDaily, keepWeekly, keepMonthly, keepYearly].some((rule) => rule !== undefined);
}

import { authoritiesEnd, type Settings } from "@backuppc-archive-s3/settings";
import { localTime } from "../text/local-time.ts";
import { asFailure, failed, type Finding, ok, warning } from "./finding.ts";

const CHECK = "caFile";

/** Whether the authority of the configuration can be read, and for how long it is valid. */
export function checkAuthority({ caFile }: Pick<Settings, "caFile">, now = new Date()): Finding[] {
  if (caFile === undefined) return [];
  try {
    const end = authoritiesEnd(caFile);
    const message = `${caFile} is valid until ${localTime(end)}; restore scripts need a copy (--ca-file)`;
    const days = (end.getTime() - now.getTime()) / A_DAY;
    if (days > SOON) return [ok(CHECK, message)];
    const remedy = "Replace it, and the copies that are kept for a restore.";
    const finding = warning(CHECK, `${caFile} ends ${localTime(end)}`, remedy);
    return [days > 0 ? finding : asFailure(finding)];
  } catch (error) {
    return [failed(CHECK, error)];
  }
}

/** Milliseconds. */
const A_DAY = 86_400_000;
/** Days. */
const SOON = 60;

import { asUser } from "../as-user.ts";
import type { BackupPcDetails } from "../backuppc-details.ts";

interface Cancelling {
  /** From now on nothing is cancelled; resolves when what was under way is done. */
  stop(): Promise<void>;
}

/** Has BackupPC cancel what the archive host does, as its web interface would, once the signal aborts. */
export function cancelOnAbort(
  details: BackupPcDetails,
  signal: AbortSignal | undefined,
): Cancelling {
  let cancelled: Promise<unknown> = Promise.resolve();
  const cancel = (): void => {
    const words = ["stop", details.archiveHost, details.user, "0"];
    cancelled = asUser(details, `${details.programFolder}/BackupPC_serverMesg`, words);
  };
  if (signal?.aborted === true) cancel();
  signal?.addEventListener("abort", cancel, { once: true });
  return {
    async stop() {
      signal?.removeEventListener("abort", cancel);
      await cancelled;
    },
  };
}

/**
 * Has Node keep to itself which of its parts are experimental: on Node 20.19, which Debian 13 has, the curves of most keys are. Each
 * mail of cron and each thread in BackupPC's log would say so. Other warnings are printed as ever.
 */
export function quietNode(): void {
  const listeners = process.listeners("warning");
  process.removeAllListeners("warning").on("warning", (warning) => {
    if (warning.name === "ExperimentalWarning") return;
    for (const listener of listeners) listener(warning);
  });
}

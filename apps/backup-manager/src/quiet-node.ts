/**
 * Has Node keep to itself which of its parts are experimental: on Node 20.19, which Debian 13 has, the curve of signing keys is,
 * and each mail from cron would say so. Other warnings are told as ever.
 */
export function quietNode(): void {
  const tell = process.listeners("warning");
  process.removeAllListeners("warning").on("warning", (warning) => {
    if (warning.name === "ExperimentalWarning") return;
    for (const listener of tell) listener(warning);
  });
}

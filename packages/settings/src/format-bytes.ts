const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];

/** `512 B`, `67.1 MB`, `1.2 GB`: decimal units, as stores bill them and lines are sold. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // 999.95 would be shown as 1000.0 of its unit.
  while (value >= 999.95 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? Math.round(bytes) : value.toFixed(1)} ${UNITS[unit]}`;
}

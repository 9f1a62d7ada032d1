const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];

/** `512 B`, `67.1 MB`, `1.2 GB`: decimal units, as disks and lines are sold. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  const value = bytes / 1000 ** power;
  return `${power === 0 ? Math.round(value) : value.toFixed(1)} ${UNITS[power]}`;
}

import { BenchError } from "../bench-error.ts";

/** What belongs to the measurement of a large machine's backups. */
const SCALE: readonly string[] = [
  "stream",
  "many-chunks",
  "many-members",
  "side-by-side",
  "large-list",
  "records-read",
];

/** All that docs/performance.md shows: about an hour. */
const ALL: readonly string[] = [
  "hardware",
  "start-up",
  "encryption",
  "null-sink",
  "null-sink --input usr --size 512MiB --rounds 3",
  "null-sink --input backuppc --size 512MiB --rounds 3",
  "compression",
  "nights",
  "nights-database --size 512MiB",
  "second-night",
  "uplink --rate 20MB --size 512MiB",
  "uplink --rate 2MB --size 128MiB",
  "rgw",
  "rgw --input usr --size 256MiB --rounds 2",
  "rgw --input small-files --size 256MiB --rounds 2",
  "restore --mean 2MiB",
  "restore --mean 32MiB",
  "restore-gzip",
  "memory",
  ...SCALE,
];

/** The same programs on next to nothing, so that a change that breaks the bench is seen. */
const QUICK: readonly string[] = [
  "hardware --size 8MiB --rounds 1",
  "start-up --rounds 1",
  "encryption --size 16MiB --rounds 1",
  "null-sink --size 16MiB --chunk 4MiB --rounds 1",
  "nights --size 16MiB --chunk 4MiB --rounds 2",
  "restore --size 16MiB --chunk 4MiB --rounds 1",
  "restore-gzip --size 16MiB --chunk 4MiB --rounds 1",
  "stream --size 256MB",
  "many-chunks --size 256KiB --chunk 4KiB",
  "many-members --size 1MB",
  "side-by-side --size 16MiB --rounds 1",
  "records-read --size 1MiB --rounds 2",
];

/**
 * The command lines of a row, or of the one measurement of that name.
 *
 * @throws {BenchError} where `quick` is asked for and no quick line has that name
 */
export function planned(name: string, quick: boolean): readonly string[] {
  if (quick) return quickOf(name);
  if (name === "all") return ALL;
  return name === "scale" ? SCALE : [name];
}

function quickOf(name: string): readonly string[] {
  const lines = QUICK.filter((line) => {
    const [measured = ""] = line.split(" ");
    return name === "all" || measured === name || (name === "scale" && SCALE.includes(measured));
  });
  if (lines.length > 0) return lines;
  const names = QUICK.map((line) => line.split(" ")[0]).join(", ");
  throw new BenchError(`Nothing is quick but all, scale, ${names}.`);
}

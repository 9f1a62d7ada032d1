import { isAbsolute } from "node:path";
import * as z from "zod";
import * as value from "./value-types.ts";

const MIB = 2 ** 20;
const COMPRESSIONS = ["auto", "none", "gzip", "bzip2"];

/** How a backup becomes chunks, and how long they serve. */
export const chunkKeys = {
  compression: z
    .string("must be a text in quotes")
    .refine(
      (name) => COMPRESSIONS.includes(name) || isAbsolute(name),
      'must be "auto", "none", "gzip", "bzip2" or the absolute path of a program',
    )
    .default("auto")
    .meta({
      description:
        '"auto" is what BackupPC asks for; else "none", "gzip", "bzip2", or a filter\'s path.',
      example: '"/usr/bin/zstd"',
    }),
  compressionLevel: value.wholeNumber(1, 9).optional().meta({
    description:
      "For gzip and bzip2: 1 is fastest, 9 is smallest. Without it, the program's own default.",
    example: "6",
  }),
  filters: z
    .array(value.absolutePath, 'must be a list such as ["/usr/local/bin/lz4"]')
    .default([])
    .meta({
      description:
        "Programs that may decompress an archive, besides gzip, bzip2, xz, zstd and the one of `compression`. An archive that names another one is refused: otherwise anyone who can write to the bucket could run programs here.",
      example: '["/usr/local/bin/lz4"]',
    }),
  chunkSize: value.size
    .pipe(
      z
        .number()
        .min(MIB, "must be at least 1 MiB")
        .max(32 * MIB, "must be at most 32 MiB"),
    )
    .optional()
    .meta({
      description:
        "The mean size of a chunk before compression, 1MiB to 32MiB. Without it, 2 to 32 MiB by the size of the host. After a change, the next archive of each host is uploaded whole.",
      example: '"8MiB"',
    }),
  refreshAfter: value.days.default(180).meta({
    description:
      "Each chunk is uploaded again after so many days, spread evenly over the nights, so that damage in the store does not last.",
    example: '"180d"',
  }),
  stateDirectory: value.absolutePath.default("/var/lib/backuppc/archives3").meta({
    description:
      "The archive destination of BackupPC (ArchiveDest), where archive-host keeps its chunk indexes. Where backup-manager finds them, delete frees space at once (docs/nightly.md).",
    example: '"/var/lib/backuppc/archives3"',
  }),
};

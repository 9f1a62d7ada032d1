/** A number to reach. */
export interface Target {
  readonly what: string;
  /** Where it is measured, and the figures there that all have to reach it. */
  readonly section: string;
  readonly figures: readonly string[];
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly unit: Unit;
}

/** How a number is shown; `part` as per cent. */
export type Unit = "times" | "part" | "ms" | "s" | "MiB" | "MB" | "requests";

/** What the project set out to reach, as the reader of docs/performance.md knows it. */
export const TARGETS: readonly Target[] = [
  {
    what: "a night after the first: bytes sent, against `restic backup --stdin` of the same tar",
    section: "nights",
    figures: ["bytes against restic backup --stdin"],
    atMost: 1.25,
    unit: "times",
  },
  {
    what: "the same: bytes sent, against a full upload",
    section: "nights",
    figures: ["bytes against split + gpg + curl"],
    atMost: 0.16,
    unit: "times",
  },
  {
    what: "the same: time, against `restic backup --stdin`",
    section: "nights",
    figures: ["time against restic backup --stdin"],
    atMost: 0.5,
    unit: "times",
  },
  {
    what: "second night through BackupPC_tarCreate: time, against BackupPC_tarCreate alone",
    section: "second-night",
    figures: ["time against BackupPC_tarCreate alone"],
    atMost: 1.1,
    unit: "times",
  },
  {
    what: "first night into a null sink: time, against split + gpg + `curl -T -`",
    section: "null-sink",
    figures: ["time against split + gpg + curl -T -"],
    atMost: 0.8,
    unit: "times",
  },
  {
    what: "first night with gzip into a null sink: time, against split + gzip + gpg + `curl -T -`",
    section: "compression",
    figures: ["time against split + gzip + gpg + curl -T -"],
    atMost: 0.25,
    unit: "times",
  },
  {
    what: "first night into Ceph RGW: time, against restic, duplicity, rclone and the staged way, each",
    section: "rgw",
    figures: [
      "time against restic backup --stdin",
      "time against duplicity full",
      "time against rclone rcat, crypt",
      "time against staged, as the Python program",
    ],
    atMost: 1,
    unit: "times",
  },
  {
    what: "first night into a null sink: CPU seconds, against gpg alone",
    section: "null-sink",
    figures: ["CPU against gpg alone"],
    atMost: 1.6,
    unit: "times",
  },
  {
    what: "restore, chunks of 2 MiB: time, against `gpg -d` of gpg's own chunks of 64 MiB and tar",
    section: "restore-2",
    figures: ["time against gpg -d of gpg's own chunks, tar"],
    atMost: 1,
    unit: "times",
  },
  {
    what: "restore, chunks of 32 MiB: time, against the same",
    section: "restore-32",
    figures: ["time against gpg -d of gpg's own chunks, tar"],
    atMost: 0.6,
    unit: "times",
  },
  {
    what: "restore, chunks of 2 MiB: the script's own time for each",
    section: "restore-2",
    figures: ["own time a chunk"],
    atMost: 8,
    unit: "ms",
  },
  {
    what: "uplink limited to 20 MB/s: busy from the first byte to the last",
    section: "uplink-20",
    figures: ["archive-host, busy"],
    atLeast: 0.97,
    unit: "part",
  },
  {
    what: "the same: longest gap",
    section: "uplink-20",
    figures: ["archive-host, longest gap"],
    atMost: 250,
    unit: "ms",
  },
  {
    what: "peak memory above `memory`, at any mean",
    section: "memory",
    figures: ["most above the budget"],
    atMost: 150,
    unit: "MiB",
  },
  {
    what: "`list` of 10,000 archives: requests",
    section: "large-list",
    figures: ["requests"],
    atMost: 70,
    unit: "requests",
  },
  {
    what: "the same: time",
    section: "large-list",
    figures: ["seconds"],
    atMost: 3,
    unit: "s",
  },
  {
    what: "gc and delete, 30 archives of 16,384 chunks: records read",
    section: "records-read",
    figures: ["gc, MB of records", "delete, MB of records"],
    atMost: 5,
    unit: "MB",
  },
  {
    what: "a script of 20,000 chunks: length",
    section: "many-chunks",
    figures: ["script, MB"],
    atMost: 4,
    unit: "MB",
  },
  {
    what: "the same: time to write it",
    section: "many-chunks",
    figures: ["script written, s"],
    atMost: 3,
    unit: "s",
  },
  {
    what: "the same: time from its start to its first chunk",
    section: "many-chunks",
    figures: ["first fetch, s"],
    atMost: 3,
    unit: "s",
  },
  {
    what: "`backup-manager --help`: time above `node -e 0`",
    section: "start-up",
    figures: ["backup-manager --help, above node"],
    atMost: 120,
    unit: "ms",
  },
  {
    what: "`backup-manager list` of nothing: time above `node -e 0`",
    section: "start-up",
    figures: ["backup-manager list, above node"],
    atMost: 350,
    unit: "ms",
  },
];

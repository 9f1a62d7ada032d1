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

/** How a number is told; `part` as per cent. */
export type Unit = "times" | "part" | "ms" | "s" | "MiB" | "requests";

/** What the project set out to reach. */
export const TARGETS: readonly Target[] = [
  {
    what: "uplink limited to 20 MB/s: busy from the first byte to the last",
    section: "uplink-20",
    figures: ["archive-host, busy"],
    atLeast: 0.97,
    unit: "part",
  },
  {
    what: "the longest gap on it",
    section: "uplink-20",
    figures: ["archive-host, longest gap"],
    atMost: 250,
    unit: "ms",
  },
  {
    what: "faster than split + gpg + `aws s3 cp -` and than the predecessor's staged way",
    section: "rgw",
    figures: ["split + gpg + aws s3 cp -, time", "staged, as the predecessor, time"],
    atLeast: 2,
    unit: "times",
  },
  {
    what: "into a null sink: faster than split + gpg + a streaming `curl -T -`",
    section: "null-sink",
    figures: ["split + gpg + curl -T -, time"],
    atLeast: 1.7,
    unit: "times",
  },
  {
    what: "faster than restic, duplicity, rclone and s3cmd, each",
    section: "rgw",
    figures: [
      "restic backup --stdin, time",
      "duplicity full, time",
      "rclone rcat, crypt, time",
      "gpg + s3cmd put -, time",
    ],
    atLeast: 1,
    unit: "times",
  },
  {
    what: "encryption on all CPUs: faster than `gpg --symmetric` on one",
    section: "sealing",
    figures: ["gpg --symmetric, time"],
    atLeast: 2,
    unit: "times",
  },
  {
    what: "CPU seconds per GB, whole archive, against gpg alone",
    section: "null-sink",
    figures: ["CPU against gpg alone"],
    atMost: 1.3,
    unit: "times",
  },
  {
    what: "peak memory above the budget, at any chunk size",
    section: "memory",
    figures: ["most above the budget"],
    atMost: 150,
    unit: "MiB",
  },
  {
    what: "memory in the last quarter of a stream of 100 GB against the first",
    section: "stream",
    figures: ["last quarter against first"],
    atMost: 1.05,
    unit: "times",
  },
  {
    what: "`list` of 10,000 archives with 1,000,000 chunks: requests",
    section: "large-list",
    figures: ["requests"],
    atMost: 45,
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
    what: "restore script against a bare loop of gpg and tar",
    section: "restore",
    figures: ["kept chunks against the loop"],
    atMost: 1.15,
    unit: "times",
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

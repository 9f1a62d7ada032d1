export interface ArchiveOptions {
  /** Names of the hosts, archived one after the other. */
  readonly hosts: readonly string[];
  /**
   * The program of `$Conf{ArchiveClientCmd}` and words that stand before the
   * eleven arguments, split at spaces; BackupPC's own archiver unless given.
   */
  readonly command?: string;
  /** `$Conf{ArchiveComp}`; `none` unless given. */
  readonly compression?: ArchiveCompression;
  /** `$Conf{ArchiveDest}`; the archive host's own folder unless given. */
  readonly destination?: string;
  /** `$Conf{ClientTimeout}`, seconds for the whole request. */
  readonly clientTimeout?: number;
  /**
   * `$Conf{ArchiveSplit}`, in units of 1,000,000 bytes; 0, which is "not given", unless given.
   * BackupPC passes it on only from its web interface.
   */
  readonly splitSize?: number;
  /** `$Conf{ArchivePar}`, percent of parity; 0 unless given. */
  readonly parity?: number;
  /**
   * How the request is made: by BackupPC_archiveStart unless given, as by a browser, or by the test,
   * which gives BackupPC's answer.
   */
  readonly by?: "command-line" | "web" | (() => Promise<string>);
  /** When it aborts, the request is cancelled as the web interface does; the result is still waited for. */
  readonly signal?: AbortSignal;
  /** Seconds to wait for the result; 600 unless given. */
  readonly patience?: number;
}

export type ArchiveCompression = "none" | "gzip" | "bzip2";

export interface ArchiveResult {
  readonly result: "ok" | "failed";
  /** BackupPC's word on why it failed: the last line that the program printed. */
  readonly message: string;
  /** The archive's log, as the web interface shows it. */
  readonly log: string;
  /** From the request to the result. */
  readonly seconds: number;
}

import { ArchiveError } from "../archive-error.ts";

/** What the program's closing line says: `Done: 3 files, 4096 bytes, 1 dirs, 0 specials, 0 errors`. */
export interface TarSummary {
  readonly files: number;
  readonly errors: number;
}

/** What BackupPC_tarCreate prints to stderr. */
export class StderrLines {
  /** The last line, with what goes on from it. */
  last = "";
  /**
   * The last of the closing lines: a file's name may hold a line feed and what looks like one, and perl may complain
   * behind it while it ends ("… during global destruction.").
   */
  #done = "";
  readonly #onLine: (line: string) => void;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  add(line: string): void {
    // What is indented goes on with the line before: "fail: …", " (use -m …)".
    if (/^\s+\S/.test(line)) this.last = `${this.last} ${line.trim()}`.trim().slice(0, KEPT);
    else if (line.trim() !== "") this.last = line.trim().slice(0, KEPT);
    if (DONE.test(line)) this.#done = line;
    this.#onLine(line);
  }

  /** What the closing line says. @throws {ArchiveError} code `tar-create-incomplete` if there was none */
  summary(): TarSummary {
    const [, files, errors] = DONE.exec(this.#done) ?? [];
    if (files !== undefined) return { files: Number(files), errors: Number(errors) };
    throw new ArchiveError(
      "tar-create-incomplete",
      "BackupPC_tarCreate ended without its closing line, so the tar may be cut off.",
      "Check BackupPC's log of this host and archive again.",
    );
  }
}

/** The other counts are not needed, however perl writes them: large ones with an exponent. */
const DONE =
  /^Done: (\d{1,15}) files?, [^,]* bytes?, [^,]* dirs?, [^,]* specials?, (\d{1,15}) errors?/;

/** Characters of a line, and of what goes on from it, that are kept. */
const KEPT = 2000;

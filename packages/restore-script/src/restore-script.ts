import { chunkTable } from "./chunk-table.ts";
import { describe } from "./describe.ts";
import { onOneLine, quote } from "./quote.ts";
import type { RestoreInput } from "./restore-input.ts";
import { shellValues } from "./shell-values.ts";
import template from "./restore.sh";

export interface RestoreScriptOptions {
  /** What the script will be called, for its head; `restore_<host>.sh` unless given. */
  readonly fileName?: string;
}

/**
 * A self-contained POSIX shell script that brings the archive back with nothing
 * but `sh`, curl or wget, gpg and tar. It holds no secret but the URLs: who has it can fetch
 * the ciphertext until they expire, so write it with mode 0600.
 *
 * Nothing in the input, hostile names included, becomes shell.
 *
 * @throws {RestoreScriptError} where no script can be made of the input
 */
export function restoreScript(input: RestoreInput, options: RestoreScriptOptions = {}): string {
  const chunks = chunkTable(input.chunks);
  const values = shellValues(input);
  const words = describe(input, options.fileName);
  // One pass, so that no place is looked for in what was filled in.
  return template.replaceAll(PLACE, (place, value?: string, word?: string) => {
    if (word === "CHUNKS") return chunks;
    const text = value === undefined ? words[word ?? ""] : values[value];
    if (text === undefined) return place;
    return value === undefined ? onOneLine(text) : quote(onOneLine(text));
  });
}

/** `'@VALUE@'` becomes a quoted word of shell, `@WORD@` text in a comment. */
const PLACE = /'@([A-Z_]+)@'|@([A-Z_]+)@/g;

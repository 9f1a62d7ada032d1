import { checkInput } from "./check-input.ts";
import { chunkTable } from "./chunk-table.ts";
import { describe } from "./describe.ts";
import { indexTable, onlyMembers } from "./index-table.ts";
import { keyBlocks } from "./key-message.ts";
import { onOneLine, quote } from "./quote.ts";
import type { RestoreInput } from "./restore-input.ts";
import { SCRIPT_TEMPLATE } from "./script-parts.ts";
import { shellValues } from "./shell-values.ts";

/** How a script is written. */
export interface RestoreScriptOptions {
  /** What the script will be called, for its head; `restore_<host>.sh` unless given. */
  readonly fileName?: string;
}

/**
 * A self-contained POSIX shell script that restores the archive with nothing
 * but `sh`, curl or wget, gpg and tar. It holds no secret but the URLs and the encrypted data key: anyone
 * who has it can fetch the encrypted chunks until the URLs expire, so write it with mode 0600.
 *
 * Nothing in the input, hostile names included, becomes shell.
 *
 * @throws {RestoreScriptError} where no script can be made of the input
 */
export function restoreScript(input: RestoreInput, options: RestoreScriptOptions = {}): string {
  checkInput(input);
  // Data of several lines, which stands in here-documents: none of its lines can end one.
  const blocks: Readonly<Record<string, string>> = {
    CHUNKS: chunkTable(input),
    INDEX: indexTable(input),
    ONLY_MEMBERS: onlyMembers(input),
    ...keyBlocks(input),
  };
  const values = shellValues(input);
  const words = describe(input, options.fileName);
  // One pass, so that no place is looked for in what was filled in.
  return SCRIPT_TEMPLATE.replaceAll(PLACE, (place, value?: string, word: string = "") => {
    if (value === undefined && word in blocks) return blocks[word] ?? place;
    const text = value === undefined ? words[word] : values[value];
    if (text === undefined) return place;
    return value === undefined ? onOneLine(text) : quote(onOneLine(text));
  });
}

/** `'@VALUE@'` becomes a quoted word of shell, `@WORD@` text in a comment or a block of data. */
const PLACE = /'@([A-Z0-9_]+)@'|@([A-Z_]+)@/g;

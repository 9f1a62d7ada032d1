/** A line end, or another character that neither a terminal nor a file's first line can give back. */
const UNTYPABLE = /[\uFEFF]|[^\P{Cc}\t]/u;

/**
 * What is wrong with a passphrase, to follow its name in a sentence; undefined
 * if nothing. Whoever restores types it, or has it in the first line of a file:
 * one that can't be given that way would make an archive that no one opens.
 */
export function passphraseProblem(text: string): string | undefined {
  if (text === "") return "must not be empty";
  return UNTYPABLE.test(text) ? "must be one line without control characters" : undefined;
}

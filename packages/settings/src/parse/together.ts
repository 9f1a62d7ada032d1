import type { Understood } from "./legacy.ts";

/** Files as if they were one: a key of a later one goes before that of an earlier one, and with it all that belongs to it. */
export function together(files: readonly Understood[]): Understood {
  return {
    table: files.reduce((under, { table }) => ({ ...without(under, table), ...table }), {}),
    written: (key) => files.findLast(({ table }) => Object.hasOwn(table, key))?.written(key) ?? key,
    twice: files.flatMap(({ twice }) => twice),
  };
}

type Table = Understood["table"];

/** Half of another file's credentials would be nobody's, and two passphrases contradict each other. */
const BELONG_TOGETHER: readonly (readonly string[])[] = [
  ["accessKeyId", "secretAccessKey", "sessionToken"],
  ["passphrase", "passphraseFile", "passphraseCommand"],
];

function without(under: Table, over: Table): Table {
  const replaced = new Set(
    BELONG_TOGETHER.filter((keys) => keys.some((key) => Object.hasOwn(over, key))).flat(),
  );
  return Object.fromEntries(Object.entries(under).filter(([key]) => !replaced.has(key)));
}

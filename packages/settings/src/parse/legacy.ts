/** The keys of the Python program's `secrets.py`, which is valid TOML, and ours. */
const KEYS: ReadonlyMap<string, string> = new Map([
  ["accesskey", "accessKeyId"],
  ["sharedkey", "secretAccessKey"],
  ["gpgsymmetrickey", "passphrase"],
  ["speedfile", "speedFile"],
]);

export const LEGACY_KEYS: readonly string[] = [...KEYS.keys()];

/** A file's keys as ours, and as they stand in the file. */
export interface Understood {
  readonly table: Readonly<Record<string, unknown>>;
  /** The name by which the file calls one of our keys: messages speak the file's language. */
  readonly written: (key: string) => string;
  /** Keys that stand there twice, by the old name and by ours. */
  readonly twice: readonly (readonly [old: string, ours: string])[];
}

/** Understands the Python program's keys as ours; others stay as they are. Who has such a file has its archives, too. */
export function understandLegacy(table: Readonly<Record<string, unknown>>): Understood {
  const old = [...KEYS].filter(([key]) => Object.hasOwn(table, key));
  const names = new Map(old.map(([theirs, ours]) => [ours, theirs]));
  const entries = Object.entries(table).map(([key, value]) => [KEYS.get(key) ?? key, value]);
  return {
    table: { ...(old.length > 0 && { legacy: true }), ...Object.fromEntries(entries) },
    written: (key) => names.get(key) ?? key,
    twice: old.filter(([, ours]) => Object.hasOwn(table, ours)),
  };
}

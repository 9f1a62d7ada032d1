/** The keys of the Python predecessor's `secrets.py`, which is valid TOML, and ours. */
const KEYS: Readonly<Record<string, string>> = {
  accesskey: "accessKeyId",
  sharedkey: "secretAccessKey",
  gpgsymmetrickey: "passphrase",
  speedfile: "speedFile",
};

/** Understands the predecessor's keys as ours; others stay as they are. */
export function understandPredecessor(
  table: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [ourKey(key), value]));
}

function ourKey(key: string): string {
  return Object.hasOwn(KEYS, key) ? (KEYS[key] ?? key) : key;
}

import { hkdfSync } from "node:crypto";

/** What the key of the cuts is made into. */
export interface CutKeys {
  /** Decides which members chunks begin with. */
  readonly members: Uint8Array;
  /** A random number of 32 bits for each byte. */
  readonly gear: DataView;
}

/** @param key 32 random bytes */
export function cutKeys(key: Uint8Array): CutKeys {
  return {
    members: new Uint8Array(hkdfSync("sha256", key, "", "cuts before members", 32)),
    gear: new DataView(hkdfSync("sha256", key, "", "gear table", 1024)),
  };
}

import type { IndexHeader } from "../../src/index/index-header.ts";
import type { IndexedChunk } from "../../src/index/indexed-chunk.ts";

/** A header for tests. */
export function header(changes: Partial<IndexHeader> = {}): IndexHeader {
  return {
    format: 1,
    host: "web",
    epoch: "0123456789abcdef",
    dataKey: "d".repeat(64),
    cutKey: "c".repeat(64),
    mean: 2_097_152,
    encrypted: true,
    passphrase: null,
    subkeys: [],
    compression: { name: "gzip", suffix: ".gz" },
    store: { bucket: "offsite", endpoint: null, prefix: "" },
    uploader: "A".repeat(40),
    canary: { id: "fedcba9876543210", next: 1, claimed: 1, ready: 9 },
    ...changes,
  };
}

/** A chunk for tests, told from others by a number. */
export function chunk(number: number, changes: Partial<IndexedChunk> = {}): IndexedChunk {
  const digits = String(number).padStart(8, "0");
  return {
    digest: digits.padEnd(64, "0"),
    plainLength: 1000 + number,
    name: `20261122T031500Z-5f3a9c/20261122T031500Z-5f3a9c.${digits}.gz.gpg`,
    storedLength: 500 + number,
    sha256: digits.padStart(64, "f"),
    stored: 1_800_000_000_000,
    ...changes,
  };
}

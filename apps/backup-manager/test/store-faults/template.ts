import { readdir, utimes } from "node:fs/promises";
import { join } from "node:path";
import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { attemptOf, storeArchive } from "../store-archive.ts";
import { openVault, type Vault } from "../vault.ts";

const DAY = 86_400_000;

/** Signs as archives are, and encrypts nothing: a store's faults are the same. */
export async function plainVault(): Promise<Vault> {
  const vault = await openVault();
  return { ...vault, encryption: null, key: undefined, encrypt: async (plain) => plain };
}

/** Three archives, of which the later reuse chunks of the earlier, and what a run left that broke off. */
export async function fillTemplate({ folder, store, tar, vault }: Template): Promise<void> {
  const third = Math.ceil(tar.length / 3 / 512) * 512;
  const cuts = [0, 1, 2].map((at) => tar.subarray(at * third, (at + 1) * third));
  let known: Parameters<typeof storeArchive>[2] = { slices: cuts };
  const seen = new Set<string>();
  for (const [number, days] of [40, 20, 5].entries()) {
    const id = { host: "gandalf", number, attempt: attemptOf(days) };
    const { slices } = await storeArchive({ store, vault }, id, known);
    await age(folder, days, seen);
    // The next one uploads its first chunk anew.
    known = { slices: cuts.map((cut, at) => (at === 0 ? cut : (slices[at] ?? cut))) };
  }
  const broken = { host: "gandalf", number: 9, attempt: attemptOf(30) };
  await storeArchive({ store, vault }, broken, { without: "head", slices: cuts });
  await age(folder, 30, seen);
}

interface Template {
  readonly store: ObjectStore;
  /** Where the embedded store keeps the bucket. */
  readonly folder: string;
  /** What each archive is of. */
  readonly tar: Buffer;
  readonly vault: Vault;
}

/** The embedded store shows the files' times. */
async function age(folder: string, days: number, seen: Set<string>): Promise<void> {
  const time = new Date(Date.now() - days * DAY);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = join(entry.parentPath, entry.name);
    if (!seen.has(file)) await utimes(file, time, time);
    seen.add(file);
  }
}

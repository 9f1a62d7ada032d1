import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { INDEX_FORMAT, type IndexHeader, newCanary } from "./index-header.ts";
import { isPassphrase, type PassphraseVerifier, verifierOf } from "./passphrase-verifier.ts";

/** What the chunks of an index must all have in common. */
export interface Binding {
  readonly host: string;
  /** Chunks are encrypted: to the passphrase, to the keys, or to both. */
  readonly encrypted: boolean;
  readonly passphrase?: string | undefined;
  /** Fingerprints of the keys that messages are encrypted to. */
  readonly subkeys: readonly string[];
  readonly compression: { readonly name: string; readonly suffix: string };
  readonly store: IndexHeader["store"];
  /** Fingerprint of the signing key. */
  readonly uploader: string;
}

/** A new epoch: nothing is known to be stored. */
export async function newEpoch(
  binding: Binding,
  keys: { readonly dataKey: string | null; readonly mean: number },
): Promise<IndexHeader> {
  const { passphrase } = binding;
  return {
    format: INDEX_FORMAT,
    epoch: randomBytes(8).toString("hex"),
    ...keys,
    ...plainly(binding),
    cutKey: randomBytes(32).toString("hex"),
    passphrase: passphrase === undefined ? null : await verifierOf(passphrase),
    canary: newCanary(),
  };
}

/** Why an index can't be gone on with: the first thing that has changed; undefined if nothing has. */
export async function whatChanged(
  header: IndexHeader,
  binding: Binding,
): Promise<string | undefined> {
  const wanted = plainly(binding);
  const changed = CHANGES.find(([name]) => !isDeepStrictEqual(header[name], wanted[name]));
  if (changed !== undefined) return changed[1];
  const { passphrase } = binding;
  return (await isSame(passphrase, header.passphrase)) ? undefined : "the passphrase has changed";
}

async function isSame(
  passphrase: string | undefined,
  known: PassphraseVerifier | null,
): Promise<boolean> {
  if (passphrase === undefined || known === null) return passphrase === undefined && known === null;
  return await isPassphrase(passphrase, known);
}

type Plainly = Pick<
  IndexHeader,
  "host" | "encrypted" | "subkeys" | "compression" | "store" | "uploader"
>;

function plainly(binding: Binding): Plainly {
  const { host, encrypted, subkeys, compression, store, uploader } = binding;
  const { name, suffix } = compression;
  const sorted = subkeys.toSorted();
  return { host, encrypted, subkeys: sorted, compression: { name, suffix }, store, uploader };
}

const CHANGES: readonly (readonly [keyof Plainly, string])[] = [
  ["host", "the chunk index belongs to another host"],
  ["store", "the chunks are stored in another place now"],
  ["encrypted", "encryption was switched on or off"],
  ["subkeys", "the recipients' keys have changed"],
  ["compression", "the compression has changed"],
  ["uploader", "the signing key has changed"],
];

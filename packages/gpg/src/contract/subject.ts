import { afterAll, beforeAll } from "vitest";
import { newDataKey } from "../data-key/new-data-key.ts";
import type { Encryptor } from "../encryptor.ts";
import { createGpgHome, type GpgHome } from "../home/gpg-home.ts";
import type { Recipients } from "../recipients.ts";

/** Throws an `EncryptionError` at once if it cannot encrypt to these. */
export type CreateEncryptor = (recipients: Recipients) => Encryptor;

/** What the tests are about, and what they open its messages with. */
export interface Subject {
  readonly create: CreateEncryptor;
  readonly dataKey: string;
  /** Encrypts to the data key. There from the first test on, as `gpg`. */
  readonly encryptor: Encryptor;
  readonly gpg: GpgHome;
  /** The message alone. */
  readonly encrypt: (plain: Uint8Array) => Promise<Uint8Array>;
  /** Whether gpg, given the data key, finds exactly this in the message. */
  readonly gpgOpens: (message: Uint8Array, plain: Buffer) => Promise<boolean>;
}

/** Makes them before the tests of the surrounding `describe`, and closes them thereafter. */
export function subjectOf(create: CreateEncryptor): Subject {
  const dataKey = newDataKey();
  let encryptor: Encryptor;
  let gpg: GpgHome;
  beforeAll(async () => {
    gpg = await createGpgHome();
    encryptor = create({ dataKey });
  });
  afterAll(async () => {
    await encryptor.close();
    await gpg.remove();
  });
  return {
    create,
    dataKey,
    get encryptor() {
      return encryptor;
    },
    get gpg() {
      return gpg;
    },
    encrypt: async (plain) => (await encryptor.encrypt(plain)).bytes,
    gpgOpens: async (message, plain) => (await gpg.decrypt(message, dataKey)).equals(plain),
  };
}

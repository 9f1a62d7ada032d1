import { createHash } from "node:crypto";
import type { Encryption, Trust } from "@backuppc-archive-s3/backup-catalog";
import {
  createEncryptor,
  createSigningKey,
  encryptDataKey,
  newDataKey,
  openSigner,
} from "@backuppc-archive-s3/gpg";

const PASSPHRASE = "hunter2";

/** What an installation of archive-host encrypts and signs with. */
export interface Vault {
  readonly uploader: string;
  /** Armored; `""` where signatures are a stand-in. */
  readonly publicKey: string;
  readonly secretKey: string;
  readonly encryption: Encryption | null;
  /** The data key's message. */
  readonly key: Uint8Array | undefined;
  encrypt(plain: Uint8Array): Promise<Uint8Array>;
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** Archives that gpg opens with `hunter2`, unless another is given, and verifies. */
export async function openVault(passphrase = PASSPHRASE): Promise<Vault> {
  const signingKey = await createSigningKey();
  const signer = await openSigner(signingKey.secret);
  const dataKey = newDataKey();
  const encryptor = createEncryptor({ dataKey });
  return {
    uploader: signingKey.fingerprint,
    publicKey: signingKey.public,
    secretKey: signingKey.secret,
    encryption: { passphrase: true, recipients: [], subkeys: [] },
    key: await encryptDataKey(dataKey, { passphrase }),
    encrypt: async (plain) => (await encryptor.encrypt(plain)).bytes,
    sign: async (bytes) => await signer.sign(bytes),
  };
}

const SIGNER = "5161".repeat(10);

/** Archives that are stored as they are, and signed by a stand-in: fast, for tests of what decides. */
export const PLAIN_VAULT: Vault = {
  uploader: SIGNER,
  publicKey: "",
  secretKey: "",
  encryption: null,
  key: undefined,
  encrypt: async (plain) => plain,
  sign: async (bytes) => signed(bytes),
};

/** Believes what {@link PLAIN_VAULT} signs. */
export const PLAIN_TRUST: Trust = {
  verifier: {
    verify: async (bytes, signature) =>
      Buffer.from(signature).equals(signed(bytes)) ? SIGNER : undefined,
  },
  allowPlaintext: true,
  filters: [],
};

function signed(bytes: Uint8Array): Buffer {
  return createHash("sha256").update("signed").update(bytes).digest();
}

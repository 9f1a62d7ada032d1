export type { EncryptedMessage, Encryptor, EncryptOptions } from "./encryptor.ts";
export type { Recipients } from "./recipients.ts";
export { ROOM_BEHIND, ROOM_TO_ENCRYPT } from "./message/with-room.ts";
export { createEncryptor } from "./this-thread.ts";
export { createEncryptorPool, type EncryptorPoolOptions } from "./threads/encryptor-pool.ts";
export {
  EncryptionError,
  type EncryptionErrorCode,
  type EncryptionErrorReason,
} from "./encryption-error.ts";
export { readPublicKeys } from "./public-keys/read-public-keys.ts";
export { readFingerprints } from "./public-keys/read-fingerprints.ts";
export type { PublicKey } from "./public-keys/public-key.ts";
export { newDataKey } from "./data-key/new-data-key.ts";
export { encryptDataKey } from "./data-key/encrypt-data-key.ts";
export { decryptDataKey } from "./data-key/decrypt-data-key.ts";
export { createSigningKey } from "./signing/create-signing-key.ts";
export { openSigner } from "./signing/open-signer.ts";
export { readSigners } from "./signing/read-signers.ts";
export type { Signer, SigningKey, Verifier } from "./signing/signing.ts";

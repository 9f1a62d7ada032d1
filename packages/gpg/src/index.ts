export type { SealedMessage, Sealer, SealOptions } from "./sealer.ts";
export type { Recipients } from "./recipients.ts";
export { ROOM_TO_SEAL } from "./packets/encrypted-data.ts";
export { createSealer } from "./openpgp-sealer.ts";
export { createSealerPool, type SealerPoolOptions } from "./threads/sealer-pool.ts";
export { SealError, type SealErrorCode } from "./seal-error.ts";
export { readPublicKeys } from "./public-keys/read-public-keys.ts";
export type { PublicKey } from "./public-keys/public-key.ts";

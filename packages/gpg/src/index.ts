export type { SealedMessage, Sealer, SealOptions } from "./sealer.ts";
export type { Recipients } from "./recipients.ts";
export { ROOM_TO_SEAL } from "./openpgp-packets.ts";
export { createSealer } from "./openpgp-sealer.ts";
export { createSealerPool, type SealerPoolOptions } from "./sealer-pool.ts";
export { SealError, type SealErrorCode } from "./seal-error.ts";
export { readPublicKeys } from "./public-keys/read-public-keys.ts";
export type { PublicKey } from "./public-keys/public-key.ts";

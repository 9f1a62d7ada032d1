export type { Recipients, SealedMessage, Sealer, SealOptions } from "./sealer.ts";
export { createSealer } from "./openpgp-sealer.ts";
export { createSealerPool, type SealerPoolOptions } from "./sealer-pool.ts";
export { SealError, type SealErrorCode } from "./seal-error.ts";

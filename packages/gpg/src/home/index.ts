export { createGpgHome, type GpgHome, type KeyOptions } from "./gpg-home.ts";
export type { KeyKind } from "./key-kinds.ts";
export type { GpgEnd, GpgInput } from "./run-gpg.ts";

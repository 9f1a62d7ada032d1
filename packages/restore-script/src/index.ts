export { decompressorOf } from "./decompressor.ts";
export type {
  ObjectUrl,
  OnlyMembers,
  RestoreChunk,
  RestoreInput,
  SharedUrl,
} from "./restore-input.ts";
export { RestoreScriptError, type RestoreScriptErrorCode } from "./restore-script-error.ts";
export { restoreScript, type RestoreScriptOptions } from "./restore-script.ts";

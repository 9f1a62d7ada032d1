export { chooseMean } from "./cuts/choose-mean.ts";
export { CutError, type CutErrorCode } from "./cut-error.ts";
export type { Allocate, CutOptions } from "./cut-options.ts";
export type { Chunk } from "./chunk-memory.ts";
export { cutTar, type CutStream } from "./cut-tar.ts";
export type { Member } from "./tar/member.ts";
export type { TarCount } from "./tar/tar-counter.ts";

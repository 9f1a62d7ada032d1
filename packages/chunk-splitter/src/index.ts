export { chooseMean } from "./choose-mean.ts";
export { CutError, type CutErrorCode } from "./cut-error.ts";
export type { Allocate, CutOptions } from "./cut-options.ts";
export { cutTar, type Chunk, type CutStream } from "./cut-tar.ts";
export type { Member } from "./member.ts";
export type { TarCount } from "./tar-count.ts";

/** Bytes that are mixed at a time at most: 32 KiB stay in the CPU's nearest cache. */
export const WINDOW = 32_768;

/** Memory that is xored with memory, by the CPU's wide registers: JavaScript takes ten times as long for it. */
export interface Mixer {
  /** {@link WINDOW} bytes, and behind them as many of the keystream and a block. */
  readonly memory: Buffer;
  /** Xors the first `length` bytes with those at {@link WINDOW}, in whole blocks of 16, one at least. */
  readonly mix: (length: number) => void;
}

export function createMixer(): Mixer {
  const { memory, mix } = new WebAssembly.Instance(MODULE).exports;
  if (!(memory instanceof WebAssembly.Memory) || typeof mix !== "function") {
    throw new TypeError("The module below has no such exports.");
  }
  return { memory: Buffer.from(memory.buffer), mix: (length) => void mix(length) };
}

/**
 * ```wat
 * (module
 *   (memory (export "memory") 2)
 *   (func (export "mix") (param $length i32) (local $at i32)
 *     (loop $block
 *       (v128.store (local.get $at)
 *         (v128.xor (v128.load (local.get $at)) (v128.load offset=32768 (local.get $at))))
 *       (br_if $block
 *         (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $length))))))
 * ```
 */
const CODE = [
  "0061736d 01000000", // version 1
  "0105 01 60 017f 00", // type: (i32) -> ()
  "0302 01 00", // one function of that type
  "0503 01 00 02", // memory of two pages
  "0710 02 06 6d656d6f7279 0200 03 6d6978 0000", // exports: memory, mix
  "0a2b 01 29 01017f", // code, with one local
  "0340 2001", // loop; $at
  "2001 fd000400", // v128.load
  "2001 fd0004808002", // v128.load offset=32768
  "fd51 fd0b0400", // v128.xor, v128.store
  "2001 4110 6a 2201", // $at += 16
  "2000 49 0d00 0b 0b", // br_if $at < $length; end, end
];

const MODULE = new WebAssembly.Module(Buffer.from(CODE.join("").replaceAll(" ", ""), "hex"));

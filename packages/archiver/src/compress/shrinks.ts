import { promisify } from "node:util";
import { deflateRaw } from "node:zlib";

/** Bytes of a part of the sample, and how many parts from all over the chunk there are. */
const PART = 4096;
const PARTS = 16;
/** Part of the sample's length above which compression is not worth its time. */
const WORTH_IT = 0.98;

/** Whether a chunk is likely to get smaller: judged by a sample of 64 KiB, as photos, videos and archives do not. */
export async function shrinks(chunk: Uint8Array): Promise<boolean> {
  if (chunk.length < 2 * PART * PARTS) return true;
  const sample = Buffer.alloc(PART * PARTS);
  const stride = Math.floor((chunk.length - PART) / (PARTS - 1));
  for (let part = 0; part < PARTS; part++) {
    sample.set(chunk.subarray(part * stride, part * stride + PART), part * PART);
  }
  const deflated = await promisify(deflateRaw)(sample, { level: 1 });
  return deflated.length < sample.length * WORTH_IT;
}

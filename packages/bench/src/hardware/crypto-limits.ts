import { createCipheriv, createHash, randomBytes } from "node:crypto";
import type { Limit } from "./limit.ts";

/** Stays in the CPU's cache with what it becomes, whose memory does not go back to the system each time. */
const BLOCK = 16_384;

/** On one core: what an encrypted chunk is made by, and what it might be made by. */
export const cryptoLimits: readonly Limit[] = [
  cipher("AES-256-CFB", "aes-256-cfb"),
  cipher("AES-256-CBC", "aes-256-cbc"),
  hash("SHA-1", "sha1"),
  hash("SHA-256", "sha256"),
];

function cipher(name: string, algorithm: string): Limit {
  const pass = async (bytes: number): Promise<void> => {
    const running = createCipheriv(algorithm, randomBytes(32), randomBytes(16));
    overBlocks(bytes, (block) => running.update(block));
  };
  return { name, pass };
}

function hash(name: string, algorithm: string): Limit {
  const pass = async (bytes: number): Promise<void> => {
    const running = createHash(algorithm);
    overBlocks(bytes, (block) => running.update(block));
    running.digest();
  };
  return { name, pass };
}

function overBlocks(bytes: number, use: (block: Uint8Array) => void): void {
  const block = randomBytes(BLOCK);
  for (let passed = 0; passed < bytes; passed += BLOCK) use(block);
}

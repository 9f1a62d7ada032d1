import { BenchError } from "./bench-error.ts";

/** How often each is measured. @throws {BenchError} */
export function parseRounds(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) {
    throw new BenchError(`No number of rounds: ${text}. It is a whole one, 1 at least.`);
  }
  return Number(text);
}

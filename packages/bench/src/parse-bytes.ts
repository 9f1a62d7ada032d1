import { BenchError } from "./bench-error.ts";

const UNITS: Readonly<Record<string, number>> = {
  MB: 1e6,
  GB: 1e9,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};

/** Bytes of `512MiB` or `100GB`. @throws {BenchError} */
export function parseBytes(text: string): number {
  const [, digits, unit = ""] = /^(\d+(?:\.\d+)?)([A-Za-z]+)$/.exec(text) ?? [];
  const factor = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
  const bytes = Math.round(Number(digits) * (factor ?? 0));
  if (bytes > 0) return bytes;
  throw new BenchError(`No size: ${text}. It is like 512MiB or 1.5GB.`);
}

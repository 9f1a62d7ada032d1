import type { InputKind } from "../input/make-input.ts";

/** The section that a comparison fills: random data is what goes without saying. */
export function sectionOf(name: string, input: InputKind): string {
  return input === "random" ? name : `${name}-${input}`;
}

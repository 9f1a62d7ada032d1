import type { Output } from "../output.ts";
import { printable } from "../text/printable.ts";

/** Reports keys among the archives' that the program did not create. */
export function noteUnknownKeys([first, ...more]: readonly string[], output: Output): void {
  if (first === undefined) return;
  const others = more.length === 0 ? "" : ` and ${more.length} more`;
  output.note(`left alone, not created by this program: ${printable(first)}${others}`);
}

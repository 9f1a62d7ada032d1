import type * as z from "zod";

/** A result as programs read it. Its schema is named so that the compiler holds the result to it. */
export function jsonText<Schema extends z.ZodType>(
  _schema: Schema,
  result: z.input<Schema>,
): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}

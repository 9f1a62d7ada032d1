import type * as z from "zod";

/**
 * A result as programs read it, in pieces: a list of it may be longer than a string. The result's schema is named so that
 * the compiler holds the result to it.
 */
export function* jsonText<Schema extends z.ZodType>(
  _schema: Schema,
  result: Streamed<z.input<Schema>>,
): Generator<string> {
  const fields: readonly (readonly [string, unknown])[] = Object.entries(result);
  let before = "{";
  for (const [name, value] of fields) {
    if (value === undefined) continue;
    yield `${before}\n  ${JSON.stringify(name)}: `;
    if (isList(value)) yield* listText(value);
    else yield indented(value, "  ");
    before = ",";
  }
  yield before === "{" ? "{}\n" : "\n}\n";
}

/** Lists may be made while they are written. */
type Streamed<Result> = {
  readonly [Name in keyof Result]: Result[Name] extends readonly (infer Item)[]
    ? Iterable<Item>
    : Result[Name];
};

function isList(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}

function* listText(items: Iterable<unknown>): Generator<string> {
  let before = "[";
  for (const item of items) {
    yield `${before}\n    ${indented(item, "    ")}`;
    before = ",";
  }
  yield before === "[" ? "[]" : "\n  ]";
}

function indented(value: unknown, indent: string): string {
  return JSON.stringify(value, null, 2).replaceAll("\n", `\n${indent}`);
}

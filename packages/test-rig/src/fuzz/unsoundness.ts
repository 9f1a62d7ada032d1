import { types } from "node:util";

/** Levels that are looked at. */
const DEPTH = 12;

/** What nobody can mean in a parsed value: NaN, an infinite number, a date that is none, a changed prototype. Undefined if all is well. */
export function unsoundness(value: unknown, depth = 0): string | undefined {
  if ("polluted" in Object.prototype) return "the prototype of all objects was changed";
  if (typeof value === "number") return Number.isFinite(value) ? undefined : `a number is ${value}`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "a date is none" : undefined;
  if (typeof value !== "object" || value === null || depth > DEPTH) return undefined;
  if (ArrayBuffer.isView(value)) return undefined;
  if ("polluted" in value && !Object.hasOwn(value, "polluted")) return "a prototype was changed";
  for (const one of partsOf(value)) {
    const why = unsoundness(one, depth + 1);
    if (why !== undefined) return why;
  }
  return undefined;
}

function partsOf(value: object): Iterable<unknown> {
  if (types.isMap(value)) return [...value].flat();
  if (types.isSet(value)) return value;
  return Object.values(value);
}

import { closest, distance } from "fastest-levenshtein";

/** The known key that was probably meant, whatever its case; undefined if none is near. */
export function nearestKey(key: string, known: readonly string[]): string | undefined {
  const lowered = new Map(known.map((name) => [name.toLowerCase(), name]));
  const wanted = key.toLowerCase();
  const nearest = closest(wanted, [...lowered.keys()]);
  const isNear = distance(wanted, nearest) <= Math.max(wanted.length, nearest.length) / 2;
  return isNear ? lowered.get(nearest) : undefined;
}

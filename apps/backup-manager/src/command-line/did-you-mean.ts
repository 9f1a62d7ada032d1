import { closest, distance } from "fastest-levenshtein";

/** `Did you mean --host?`, or nothing if no known word is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const nearest = closest(word, [...known]);
  const isNear = distance(word, nearest) <= Math.max(1, Math.floor(nearest.length / 3));
  return isNear ? `Did you mean ${nearest}? ` : "";
}

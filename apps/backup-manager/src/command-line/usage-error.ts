import { closest, distance } from "fastest-levenshtein";
import { ManagerError } from "../manager-error.ts";

/** @param advice a sentence and a space, before where the help is */
export function usageError(message: string, advice = "", command = ""): ManagerError {
  const help = ["See backup-manager", command, "--help."].filter((word) => word !== "");
  return new ManagerError("usage", message, advice + help.join(" "));
}

/** `Did you mean --host?`, or nothing if no known word is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const nearest = closest(word, [...known]);
  const isNear = distance(word, nearest) <= Math.max(1, Math.floor(nearest.length / 3));
  return isNear ? `Did you mean ${nearest}? ` : "";
}

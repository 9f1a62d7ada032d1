import { ManagerError } from "../manager-error.ts";

/** @param advice a sentence and a space, before where the help is */
export function usageError(message: string, advice = "", command = ""): ManagerError {
  const help = ["See backup-manager", command, "--help."].filter((word) => word !== "");
  return new ManagerError("usage", message, advice + help.join(" "));
}

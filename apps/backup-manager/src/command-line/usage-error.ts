import { ManagerError } from "../manager-error.ts";

export function usageError(message: string, cause?: unknown): ManagerError {
  return new ManagerError("usage", message, "See backup-manager --help.", cause);
}

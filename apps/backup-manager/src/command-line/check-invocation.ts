import type { CommandName } from "./commands.ts";
import { type Invocation, type RekeyInvocation, type Role, ROLES } from "./invocation.ts";
import { deleteOf } from "./invocation-of-delete.ts";
import { scriptOf } from "./invocation-of-script.ts";
import { type OptionValues, readOptionValues } from "./option-values.ts";
import { usageError } from "./usage-error.ts";

/** Checks what goes together. @throws {ManagerError} code `usage` */
export function checkInvocation(
  command: CommandName,
  operands: readonly string[],
  given: unknown,
): Invocation {
  const values = readOptionValues(given);
  const { config, json, quiet, test, list, host, number, attempt } = values;
  const common = { config, json, quiet, test, list };
  if (number !== undefined && host === undefined) throw usageError("--backup-number needs --host");
  if (attempt !== undefined && number === undefined)
    throw usageError("--attempt needs --backup-number");
  if (list && json && command !== "list") throw usageError("--list goes without --json");
  switch (command) {
    case "list":
      return { ...common, command, host, number, overdue: values.overdue };
    case "show":
      return { ...common, command, ...archiveOf(values), attempt };
    case "delete":
      return { ...common, command, ...deleteOf(values) };
    case "verify":
      return { ...common, command, host, number, attempt, data: values.data };
    case "gc":
      return { ...common, command, host, purgeVersions: values.purgeVersions };
    case "script":
      return { ...common, command, ...scriptOf(values) };
    case "rekey":
      return { ...common, command, ...rekeyOf(operands, values) };
    case "start":
      if (operands.length === 0) throw usageError("start needs a host");
      return { ...common, command, hosts: operands, archiveHost: values.archiveHost };
    case "doctor":
      return { ...common, command };
    default:
      return { ...common, command, role: roleOf(operands), purgeVersions: values.purgeVersions };
  }
}

function archiveOf({ host, number }: OptionValues): { host: string; number: number } {
  if (host === undefined || number === undefined)
    throw usageError("show needs --host and --backup-number");
  return { host, number };
}

/** A host that is called "all" goes with its archives, and cannot be named alone. */
function rekeyOf(
  operands: readonly string[],
  { oldPassphraseFile, newPassphraseFile }: OptionValues,
): Pick<RekeyInvocation, "hosts" | "oldPassphraseFile" | "newPassphraseFile"> {
  if (operands.length === 0) throw usageError("rekey needs a host, or all");
  const hosts = operands.includes("all") ? undefined : operands;
  return { hosts, oldPassphraseFile, newPassphraseFile };
}

function roleOf([word]: readonly string[]): Role {
  const role = ROLES.find((name) => name === word);
  if (role === undefined) throw usageError("policy needs one of uploader, manager, signer");
  return role;
}

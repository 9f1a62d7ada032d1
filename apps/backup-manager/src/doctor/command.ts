import { type Common, defineCommand } from "../command-line/command.ts";
import { GROUPS, valued } from "../command-line/option.ts";
import { usageError } from "../command-line/usage-error.ts";

const ROLES = ["uploader", "manager"] as const;

export interface DoctorInvocation extends Common {
  /** Whose access key is looked at; undefined: the one that backup-manager uses, which may be both programs'. */
  readonly as: (typeof ROLES)[number] | undefined;
}

export const DOCTOR = defineCommand({
  name: "doctor",
  usage: "[--as uploader|manager]",
  summary: "check configuration, store, keys, clock and BackupPC",
  options: {
    as: valued(
      {
        value: "ROLE",
        group: GROUPS.work,
        describe:
          "try what the key of the uploader (archive-host) or of the manager may and may not do",
      },
      roleOf,
    ),
  },
  examples: [
    ["backup-manager doctor --quiet", "show only what needs attention"],
    ["backup-manager doctor --as uploader", "check archive-host's key (docs/two-keys.md)"],
  ],
  json: async () => (await import("./doctor-json.ts")).doctorJsonSchema,
  read: ({ as }) => ({ as }),
  async run(asked, { environment, output }) {
    const { doctor } = await import("./doctor.ts");
    return await doctor(asked, environment, output);
  },
});

function roleOf(word: string): (typeof ROLES)[number] {
  const role = ROLES.find((name) => name === word);
  if (role === undefined) throw usageError(`--as needs one of ${ROLES.join(", ")}`);
  return role;
}

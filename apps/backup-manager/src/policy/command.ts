import { type Common, defineCommand } from "../command-line/command.ts";
import { PURGE_VERSIONS } from "../command-line/shared-options.ts";
import { usageError } from "../command-line/usage-error.ts";

const ROLES = ["uploader", "manager", "signer"] as const;

/** Whose rights a policy gives. */
export type Role = (typeof ROLES)[number];

export interface PolicyInvocation extends Common {
  readonly role: Role;
  /** Rights to delete every version, too. */
  readonly purgeVersions: boolean;
}

export const POLICY = defineCommand({
  name: "policy",
  usage: ROLES.join("|"),
  summary: "print the least rights that an access key needs",
  operands: { most: 1, choices: ROLES },
  options: { "purge-versions": PURGE_VERSIONS },
  examples: [["backup-manager policy uploader", "print the policy for archive-host's access key"]],
  read: ({ purgeVersions = false }, [word]) => ({ role: roleOf(word), purgeVersions }),
  async run(asked, { environment, output }) {
    const { policy } = await import("./policy.ts");
    return await policy(asked, environment, output);
  },
});

function roleOf(word: string | undefined): Role {
  const role = ROLES.find((name) => name === word);
  if (role === undefined) throw usageError(`policy needs one of ${ROLES.join(", ")}`);
  return role;
}

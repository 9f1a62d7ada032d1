import { type Common, defineCommand } from "../command-line/command.ts";
import { GROUPS, valued, type Valued } from "../command-line/option.ts";
import { textOf } from "../command-line/read-value.ts";
import { PURGE_VERSIONS } from "../command-line/shared-options.ts";
import { usageError } from "../command-line/usage-error.ts";
import type { Principals } from "./bucket-policy.ts";

const ROLES = ["uploader", "manager", "signer"] as const;
const OF_BUCKET = "bucket";

/** Whose rights a policy gives. */
export type Role = (typeof ROLES)[number];

export interface PolicyInvocation extends Common {
  /** Whose policy; `bucket`: the bucket's own, for the users. */
  readonly role: Role | typeof OF_BUCKET;
  /** Users by their roles, where it is the bucket's. */
  readonly users: Principals;
  /** Rights to delete every version, too. */
  readonly purgeVersions: boolean;
}

export const POLICY = defineCommand({
  name: "policy",
  usage: [...ROLES, OF_BUCKET].join("|"),
  summary: "print the least rights that an access key needs",
  operands: { most: 1, choices: [...ROLES, OF_BUCKET] },
  options: {
    "purge-versions": PURGE_VERSIONS,
    uploader: userOf("uploader", "archive-host's"),
    manager: userOf("manager", "backup-manager's"),
    signer: userOf("signer", "a signer's"),
  },
  examples: [
    ["backup-manager policy uploader", "print the policy for archive-host's access key"],
    [
      "backup-manager policy bucket --uploader up --manager man",
      "print the policy of a bucket of Ceph, for both users",
    ],
  ],
  read({ purgeVersions = false, uploader, manager, signer }, [word]) {
    const role = roleOf(word);
    const users = {
      ...(uploader !== undefined && { uploader }),
      ...(manager !== undefined && { manager }),
      ...(signer !== undefined && { signer }),
    };
    const isNamed = Object.keys(users).length > 0;
    if (role === OF_BUCKET && !isNamed)
      throw usageError("policy bucket needs --uploader, --manager or --signer");
    if (role !== OF_BUCKET && isNamed) throw usageError(`policy ${role} goes without users`);
    return { role, users, purgeVersions };
  },
  async run(asked, { environment, output }) {
    const { policy } = await import("./policy.ts");
    return await policy(asked, environment, output);
  },
});

function userOf(role: Role, whose: string): Valued<string> {
  const describe = `for policy bucket: the user with ${whose} key, by name (Ceph) or ARN`;
  return valued({ value: "USER", group: GROUPS.work, describe }, textOf(role));
}

function roleOf(word: string | undefined): PolicyInvocation["role"] {
  const known = [...ROLES, OF_BUCKET] as const;
  const role = known.find((name) => name === word);
  if (role === undefined) throw usageError(`policy needs one of ${known.join(", ")}`);
  return role;
}

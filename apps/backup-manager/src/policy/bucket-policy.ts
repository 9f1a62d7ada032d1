import type { Role } from "./command.ts";
import { leastPolicy, type PolicyPlace } from "./least-policy.ts";
import type { Statement } from "./statement.ts";

/** Who has a role, as a bucket's policy names them (ARN). */
export type Principals = Partial<Readonly<Record<Role, string>>>;

/** The policy of a bucket, as AWS and Ceph read it. */
interface BucketPolicy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly BucketStatement[];
}

interface BucketStatement extends Omit<Statement, "Effect"> {
  readonly Effect: "Allow" | "Deny";
  /** Whose rights they are. */
  readonly Principal: { readonly AWS: readonly string[] };
}

/**
 * The policy of a bucket that gives each user the rights of the role, for stores that know no policies of users. A bucket has
 * one policy, so all of them are in it.
 *
 * @param purgeVersions as of `leastPolicy`
 */
export function bucketPolicy(
  principals: Principals,
  place: PolicyPlace,
  purgeVersions = false,
): BucketPolicy {
  const Statement = ROLES.flatMap((role) => {
    const user = principals[role];
    if (user === undefined) return [];
    const { Statement: allowed } = leastPolicy(role, place, purgeVersions);
    const denied = role === "uploader" ? [denyAllElse(place)] : [];
    return [...allowed, ...denied].map(({ Sid, ...rest }): BucketStatement => ({
      Sid: `${capital(role)}${Sid}`,
      Principal: { AWS: [user] },
      ...rest,
    }));
  });
  return { Version: "2012-10-17", Statement };
}

const ROLES: readonly Role[] = ["uploader", "manager", "signer"];

/**
 * Whoever stores an object owns it, by the object's access list, and may read it and open it to everyone unless that is denied.
 * RGW 16 takes a `NotAction` here, and denies nothing by it.
 */
function denyAllElse({ bucket }: PolicyPlace): Omit<BucketStatement, "Principal"> {
  return {
    Sid: "NothingElse",
    Effect: "Deny",
    Action: ["s3:Get*", "s3:List*", "s3:Delete*", "s3:PutObjectAcl", "s3:PutObjectVersionAcl"],
    Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
  };
}

function capital(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}

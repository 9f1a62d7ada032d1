import type { Role } from "./command.ts";
import { listing, objects, type Policy, type Statement } from "./statement.ts";

/** Where archives are stored, as far as rights depend on it. */
export interface PolicyPlace {
  readonly bucket: string;
  readonly prefix: string;
  /** AWS lets a policy demand `If-None-Match`; other stores do not know that condition and would refuse every PUT. */
  readonly conditionalPuts: boolean;
  /** Objects are stored with a lock, which is extended while they are reused. */
  readonly locks: boolean;
  /** Objects are stored with tags. */
  readonly tags: boolean;
}

/**
 * The least rights with which the role's work can be done in that bucket, below that prefix.
 *
 * @param purgeVersions a manager's work, too: every version is deleted
 */
export function leastPolicy(role: Role, place: PolicyPlace, purgeVersions = false): Policy {
  const purge = purgeVersions && role === "manager" ? purging(place) : [];
  return { Version: "2012-10-17", Statement: [...STATEMENTS[role](place), ...purge] };
}

const STATEMENTS: Readonly<Record<Role, (place: PolicyPlace) => Statement[]>> = {
  // Anyone who takes over the BackupPC server can add archives, but not read, replace or delete one.
  uploader: (place) => {
    const keys = [...RECORDS.map((name) => `archives/*/*/*/${name}`), "chunks/*", "uploaders/*"];
    const more = [
      ...(place.locks ? ["s3:PutObjectRetention"] : []),
      ...(place.tags ? ["s3:PutObjectTagging"] : []),
    ];
    return [
      storing("StoreArchives", place, keys),
      ...(more.length === 0 ? [] : [objects("LockAndTagArchives", more, place, keys)]),
    ];
  },
  manager: (place) => [
    listing("ListArchives", ["s3:ListBucket"], place, [""]),
    objects("ReadAndDeleteArchives", [...READING, "s3:DeleteObject"], place, ARCHIVES),
    objects("DeleteOldCanaries", ["s3:DeleteObject"], place, [CANARIES]),
    // Canaries, so that no copy of a chunk index from before is believed; for a new passphrase, another copy of an
    // archive's data key.
    storing("PutCanariesAndKeys", place, [CANARIES, "archives/*/*/*/KEY.*.gpg"]),
  ],
  // A presigned URL can do what its signer may.
  signer: (place) => [
    listing("ListArchives", ["s3:ListBucket"], place, ["archives/"]),
    objects("ReadArchives", READING, place, ARCHIVES),
  ],
};

// To Ceph RGW 16 a star ends at the first character that comes after it in the pattern, so each part of a key has one.
const CANARIES = "uploaders/*/*/canary.*.*.*";

/** Records that a run stores. A further data key would count in place of the first, and is the manager's to store. */
const RECORDS = [
  "started.json",
  "KEY.1.gpg",
  "members.*",
  "manifest.json",
  "SHA256SUMS*",
  "archive.json",
  "complete.*",
  "partial.*",
];

const ARCHIVES = ["archives/*", "chunks/*"];
/** A manifest names the version of each chunk, where the bucket keeps versions. */
const READING = ["s3:GetObject", "s3:GetObjectVersion"];

/** Storing without overwriting, where a policy can demand that. */
function storing(sid: string, place: PolicyPlace, keys: readonly string[]): Statement {
  const statement = objects(sid, ["s3:PutObject"], place, keys);
  if (!place.conditionalPuts) return statement;
  return { ...statement, Condition: { Null: { "s3:if-none-match": "false" } } };
}

/** What `--purge-versions` needs in addition. */
function purging(place: PolicyPlace): Statement[] {
  return [
    listing("ListVersions", ["s3:ListBucketVersions"], place, [""]),
    objects("DeleteVersions", ["s3:DeleteObjectVersion"], place, ARCHIVES),
  ];
}

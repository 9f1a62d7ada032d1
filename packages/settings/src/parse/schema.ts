import { PROVIDER_NAMES } from "@backuppc-archive-s3/s3-transport";
import * as z from "zod";
import { alarmKeys } from "./alarm-keys.ts";
import { chunkKeys } from "./chunk-keys.ts";
import { reportKeys } from "./report-keys.ts";
import { scheduleKeys } from "./schedule-keys.ts";
import * as value from "./value-types.ts";

const MIB = 2 ** 20;

/** Every key, with its default; description and `example` (in TOML) make the example file. */
export const settingsSchema = z.strictObject({
  bucket: value.text
    .regex(/^[\w.-]+$/, 'must be its name alone, without "s3://" and without a path')
    .meta({ description: "The bucket. It must exist.", example: '"backuppc-offsite"' }),
  prefix: z
    .string("must be a text in quotes")
    .regex(/^(?!\/)(\P{Cc}*\/)?$/u, 'must end with "/" and not start with it')
    .refine(
      (prefix) => !prefix.split("/").some((part) => part === "." || part === ".."),
      'must have no "." and no ".." between slashes: what fetches a URL takes them out',
    )
    .default("")
    .meta({
      description:
        "What all keys start with, for several servers in one bucket. Keys are printed without it, but for those in errors of the store.",
      example: '"site-a/"',
    }),
  region: value.text
    .default("us-east-1")
    .meta({ description: "The bucket's region.", example: '"eu-central-1"' }),
  endpoint: value.endpoint
    .optional()
    .meta({ description: "Leave out for AWS.", example: '"https://s3.example.net"' }),
  caFile: value.path.optional().meta({
    description:
      "For a store whose certificate an authority of its own has signed: the file of that authority's certificate (PEM). No other is trusted then. Restore scripts need it, too (--ca-file).",
    example: '"/etc/backuppc-archive-s3/ca.pem"',
  }),
  provider: value
    .oneOf(PROVIDER_NAMES)
    .optional()
    .meta({
      description: `One of ${PROVIDER_NAMES.join(", ")}. Without it: aws if there is no endpoint, else other.`,
      example: '"ceph"',
    }),
  accessKeyId: value.text.optional().meta({
    description:
      "Leave both out for the SDK's default chain (environment, profile, instance role).",
    example: '"…"',
  }),
  secretAccessKey: value.secret.optional().meta({ example: '"…"' }),
  sessionToken: value.secret
    .optional()
    .meta({ description: "For temporary credentials only.", example: '"…"' }),
  passphraseFile: value.path.optional().meta({
    description:
      "Anyone who has the passphrase can open the archives, and nobody can without it. Give one of three: the first line of a file, the first line that a command (run by /bin/sh) prints, or the passphrase itself.",
    example: '"/etc/backuppc-archive-s3/passphrase"',
  }),
  passphraseCommand: value.text.optional().meta({ example: '"pass show backuppc"' }),
  passphrase: value.passphrase.optional().meta({ example: '"…"' }),
  recipients: z
    .array(value.path, 'must be a list such as ["/etc/backuppc-archive-s3/offsite.asc"]')
    .default([])
    .meta({
      description:
        "Files of public keys (gpg --export) to encrypt to, beside the passphrase or without one: their owners open the archives with their secret keys (docs/encryption.md).",
      example: '["/etc/backuppc-archive-s3/offsite.asc"]',
    }),
  signers: z
    .array(value.path, 'must be a list such as ["/etc/backuppc-archive-s3/signer.asc"]')
    .default([])
    .meta({
      description:
        "Files of the public keys whose signature makes an archive genuine. The key in stateDirectory counts by itself; other machines need a copy of it (docs/encryption.md).",
      example: '["/etc/backuppc-archive-s3/signer.asc"]',
    }),
  encryption: value
    .oneOf(["openpgp", "none"])
    .default("openpgp")
    .meta({ description: '"none" stores every backup in clear.', example: '"openpgp"' }),
  ...chunkKeys,
  memory: value.size
    .pipe(z.number().min(64 * MIB, "must be at least 64 MiB"))
    .default(256 * MIB)
    .meta({
      description: "The most memory for the chunks that archive-host works on (docs/memory.md).",
      example: '"256MiB"',
    }),
  workers: value.wholeNumber(0, 64).default(0).meta({
    description:
      "Encryption threads at most; 0: as many as CPUs. How many `memory` can feed: docs/memory.md.",
    example: "0",
  }),
  connections: value
    .wholeNumber(1, 64)
    .default(4)
    .meta({ description: "Uploads at a time.", example: "4" }),
  timeout: value.seconds.default(60).meta({
    description:
      "Seconds without a byte after which a request is given up. A slow line may need more (docs/stores.md).",
    example: "60",
  }),
  attempts: value.wholeNumber(1, 100).default(8).meta({
    description: "How often a request is tried in all, where trying again can help.",
    example: "8",
  }),
  retryWait: value.seconds.default(0.5).meta({
    description: "Seconds before the second try; each further wait is twice as long, up to 30 s.",
    example: "0.5",
  }),
  patience: value.duration.default(1800).meta({
    description:
      "How long archive-host waits for a store, or a line to it, that goes away in the middle of an archive. 0: no longer than `attempts`.",
    example: '"30m"',
  }),
  uploadLimit: value.rate
    .optional()
    .meta({ description: "The most to upload, all connections together.", example: '"20MB/s"' }),
  speedFile: value.path.optional().meta({
    description:
      "A file that holds a number in kbit/s, read again while running: the upload limit from then on.",
    example: '"/run/archive-s3.kbits"',
  }),
  sourceErrors: value.oneOf(["fail", "warn"]).default("fail").meta({
    description:
      "Exit status when BackupPC had errors reading the backup: fail 3, warn 0. It is marked partial.",
    example: '"fail"',
  }),
  storageClass: value.text.optional().meta({
    description:
      "Of the chunks, by the store's own names; the rest stays readable at once. See docs/stores.md.",
    example: '"STANDARD_IA"',
  }),
  serverSideEncryption: value.oneOf(["AES256", "aws:kms"]).optional().meta({
    description:
      "Asks the store to encrypt once more what it keeps. With aws:kms, by the key of kmsKeyId.",
    example: '"aws:kms"',
  }),
  kmsKeyId: value.text.optional().meta({ example: '"alias/backuppc"' }),
  objectLock: value.objectLock.optional().meta({
    description:
      "Locks each object against deletion for so many days from its upload, chunks for 30 days more, since later archives reuse them. The bucket must have Object Lock. GOVERNANCE can be lifted with a special right, COMPLIANCE by no one.",
    example: '{ mode = "GOVERNANCE", days = 30 }',
  }),
  tags: value.tags.optional().meta({
    description:
      "Tags of each object, for the bucket's rules and bills: ten at most, all on one line.",
    example: '{ purpose = "backup" }',
  }),
  legacy: z.boolean("must be true or false").default(false).meta({
    description:
      "Include the legacy archives, which are in buckets of their own (docs/backup-manager.md). With its secrets.py as configuration the default is true.",
    example: "true",
  }),
  ...scheduleKeys,
  ...alarmKeys,
  ...reportKeys,
});

import { isAbsolute } from "node:path";
import { z } from "zod";
import { Secret } from "./secret.ts";
import { parseRate, parseSize } from "./size.ts";

/** 5 GiB, the most that one PUT takes, less what sealing may add. */
const LARGEST_CHUNK = 5 * 2 ** 30 - 64 * 2 ** 20;
const MIB = 2 ** 20;

const text = z.string().min(1);
const secret = text.transform((value) => new Secret(value));
const absolutePath = z.string().refine(isAbsolute, "must be an absolute path");

function measured(
  parse: (text: string) => number | undefined,
  example: string,
): z.ZodType<number, string | number> {
  return z.union([z.string(), z.number()]).transform((value, context) => {
    const amount = parse(String(value));
    if (amount !== undefined) return amount;
    context.addIssue({ code: "custom", message: `must be such as ${example}` });
    return z.NEVER;
  });
}

const size = measured(parseSize, '"64MiB"');
const rate = measured(parseRate, '"20MB/s"');

/** Every key, with its default; `example` and the comment go into the example file. */
export const settingsSchema = z.strictObject({
  bucket: text.meta({ comment: "The bucket. It must exist.", example: '"backuppc-offsite"' }),
  prefix: z
    .string()
    .regex(/^(?!\/)([^\n\r]*\/)?$/, 'must end with "/" and not start with it')
    .default("")
    .meta({
      comment: "What all keys start with, for several servers in one bucket.",
      example: '"site-a/"',
    }),
  region: text
    .default("us-east-1")
    .meta({ comment: "The bucket's region.", example: '"eu-central-1"' }),
  endpoint: z
    .url({ protocol: /^https?$/, error: 'must be such as "https://s3.example.net"' })
    .optional()
    .meta({ comment: "Leave out for AWS.", example: '"https://s3.example.net"' }),
  provider: z.enum(["aws", "ceph", "minio", "r2", "b2", "wasabi", "gcs", "other"]).optional().meta({
    comment: "aws without an endpoint, else other: ceph, minio, r2, b2, wasabi, gcs.",
    example: '"ceph"',
  }),
  accessKeyId: text.optional().meta({
    comment: "Leave both out for the SDK's default chain (environment, profile, instance role).",
    example: '"…"',
  }),
  secretAccessKey: secret.optional().meta({ example: '"…"' }),
  sessionToken: secret
    .optional()
    .meta({ comment: "For temporary credentials only.", example: '"…"' }),
  passphraseFile: absolutePath.optional().meta({
    comment:
      "Who has this passphrase opens the archives. One of three: a file, a program that prints it, or itself.",
    example: '"/etc/backuppc-archive-s3/passphrase"',
  }),
  passphraseCommand: text.optional().meta({ example: '"pass show backuppc"' }),
  passphrase: secret.optional().meta({ example: '"…"' }),
  recipients: z.array(absolutePath).default([]).meta({
    comment: "Not in use yet.",
    example: '["/etc/backuppc-archive-s3/offsite.asc"]',
  }),
  encryption: z
    .enum(["openpgp", "none"])
    .default("openpgp")
    .meta({ comment: '"none" stores every backup in clear.', example: '"openpgp"' }),
  compression: z
    .string()
    .refine(
      (value) => ["auto", "none", "gzip", "bzip2"].includes(value) || isAbsolute(value),
      'must be "auto", "none", "gzip", "bzip2" or the absolute path of a program',
    )
    .default("auto")
    .meta({
      comment: "auto: what BackupPC asks for. Or the path of a filter such as zstd.",
      example: '"/usr/bin/zstd"',
    }),
  chunkSize: size
    .pipe(
      z
        .number()
        .min(MIB, "must be at least 1 MiB")
        .max(LARGEST_CHUNK, "must be at most 5 GiB - 64 MiB, what one PUT takes"),
    )
    .default(64 * MIB)
    .meta({
      comment:
        "Of the tar in one object, where BackupPC does not say (its command line never does).",
      example: '"64MiB"',
    }),
  memory: size
    .pipe(z.number().min(32 * MIB, "must be at least 32 MiB"))
    .default(256 * MIB)
    .meta({
      comment: "Bounds what archive-host holds of a backup (docs/memory.md).",
      example: '"256MiB"',
    }),
  workers: z
    .int()
    .min(0)
    .max(64)
    .default(0)
    .meta({ comment: "Encryption threads; 0: as many as CPUs.", example: "0" }),
  connections: z
    .int()
    .min(1)
    .max(64)
    .default(4)
    .meta({ comment: "Uploads at a time.", example: "4" }),
  uploadLimit: rate.optional().meta({ comment: "Not in use yet.", example: '"20MB/s"' }),
  speedFile: absolutePath
    .optional()
    .meta({ comment: "Not in use yet.", example: '"/run/archive-s3.kbits"' }),
  sourceErrors: z.enum(["fail", "warn"]).default("fail").meta({
    comment:
      "Exit status when BackupPC had errors reading the backup: fail 3, warn 0. It is marked partial.",
    example: '"fail"',
  }),
  storageClass: text.optional().meta({ comment: "Not in use yet.", example: '"STANDARD_IA"' }),
  syslog: z.boolean().default(false).meta({ comment: "Not in use yet.", example: "false" }),
});

/** The configuration, checked and with its defaults. Sizes in bytes, rates in bytes a second. */
export type Settings = z.output<typeof settingsSchema>;

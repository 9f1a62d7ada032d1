import type { ObjectLock } from "@backuppc-archive-s3/s3-transport";
import * as z from "zod";
import { Secret } from "../secret.ts";
import { passphraseProblem } from "./passphrase-text.ts";
import { parseDuration } from "./duration.ts";
import { parseDays, parseRate, parseSize } from "./size.ts";

// The kinds of value that a key can have. Each error follows the key's name in
// a sentence ("memory" must be …), and none repeats the value: it may be secret.

export const text: z.ZodString = z.string("must be a text in quotes").min(1, "must not be empty");

export const secret: z.ZodType<Secret, string> = text.transform((value) => new Secret(value));

export const passphrase: z.ZodType<Secret, string> = z
  .string("must be a text in quotes")
  .superRefine((value, context) => {
    const message = passphraseProblem(value);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  })
  .transform((value) => new Secret(value));

/** Relative to the configuration's folder, or absolute. */
export const path: z.ZodString = z
  .string("must be a path in quotes")
  .min(1, "must not be empty")
  .regex(/^(?!~)\P{Cc}*$/u, 'must be a path; "~" stands for no folder here');

/** Where the program's own working directory must not matter. */
export const absolutePath: z.ZodString = path.regex(/^\//, "must be an absolute path");

/** Bytes. */
export const size: z.ZodType<number, string | number> = measured(parseSize, '"64MiB"');

/** Bytes a second, at least 1 kB: `uploadLimit = 20` means 20 MB/s to who writes it, and would store nothing. */
export const rate: z.ZodType<number, string | number> = measured(parseRate, '"20MB/s"').pipe(
  z.number().min(1000, 'must be at least 1 kB/s, such as "20MB/s"'),
);

/** Days. */
export const days: z.ZodType<number, string | number> = measured(parseDays, '"180d"').pipe(
  z.number().min(1, 'must be at least "1d"').max(36_500, 'must be at most "36500d"'),
);

/** Seconds, of a text with a unit; 0 where that is written. */
export const duration: z.ZodType<number, string | number> = measured(
  parseDuration,
  '"30m", "2h" or "1d"',
).pipe(z.number().max(31_536_000, 'must be at most "365d"'));

/** Without a name and password, which clients of S3 ignore, and without a query. */
export const endpoint: z.ZodType<string, string> = text.refine(
  isEndpoint,
  'must be such as "https://s3.example.net"',
);

/** `{host}` and the like in its path or query alone: a host's name may be none of a server. */
export const webAddress: z.ZodType<string, string> = text.refine(
  (url) => /^https?:\/\/[^/?#{}]+(?:[/?#]|$)/.test(url) && URL.canParse(url),
  'must be such as "https://hc.example.net/ping/KEY"',
);

/** Until when an object can't be deleted; `days` from its upload. */
export const objectLock: z.ZodType<ObjectLock, ObjectLock> = z.strictObject(
  { mode: oneOf(["GOVERNANCE", "COMPLIANCE"]), days: wholeNumber(1, 36_500) },
  'must be such as { mode = "GOVERNANCE", days = 30 }',
);

/** Money for 10^9 bytes and a month. */
export interface Prices {
  readonly perGB: number;
  readonly currency: string;
}

export const prices: z.ZodType<Prices, Prices> = z.strictObject(
  {
    perGB: z.number("must be a number").min(0, "must be 0 or more"),
    currency: z.string("must be a text in quotes").regex(/^[A-Z]{3}$/, "must be such as EUR"),
  },
  'must be such as { perGB = 0.006, currency = "EUR" }',
);

/** What AWS allows, and the least of what other stores do. */
export const tags: z.ZodType<Record<string, string>, Record<string, string>> = z
  .record(tagText(128), tagText(256), 'must be such as { purpose = "backup" }')
  .refine((value) => Object.keys(value).length <= 10, "must be ten at most");

function tagText(most: number): z.ZodString {
  return z
    .string("must be a text in quotes")
    .regex(
      new RegExp(`^[\\p{L}\\p{N} +=._:/@-]{1,${most}}$`, "u"),
      `must be 1 to ${most} letters, digits, blanks or + - = . _ : / @`,
    );
}

export function wholeNumber(least: number, most: number): z.ZodInt {
  const message = `must be a whole number from ${least} to ${most}`;
  return z.int(message).min(least, message).max(most, message);
}

/** More than none, a fraction or not. */
export const seconds: z.ZodNumber = z
  .number("must be a number of seconds")
  .min(0.01, "must be at least 0.01")
  .max(3600, "must be at most 3600");

export function oneOf<const Choices extends readonly [string, ...string[]]>(
  choices: Choices,
): z.ZodType<Choices[number], Choices[number]> {
  const quoted = choices.map((choice) => `"${choice}"`);
  const list = new Intl.ListFormat("en", { type: "disjunction" }).format(quoted);
  return z.enum(choices, `must be ${list}`);
}

function measured(
  parse: (text: string) => number | undefined,
  example: string,
): z.ZodType<number, string | number> {
  const message = `must be such as ${example}`;
  return z.union([z.string(), z.number()], message).transform((value, context) => {
    const amount = parse(String(value));
    if (amount !== undefined) return amount;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });
}

function isEndpoint(value: string): boolean {
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) return false;
  const { username, password, search, hash } = new URL(value);
  return username + password + search + hash === "";
}

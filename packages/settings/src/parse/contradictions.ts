import type { Understood } from "./legacy.ts";
import { settingsSchema } from "./schema.ts";

export interface ReadOptions {
  /** Nothing will be archived with it, so it may lack what archives are opened with. */
  readonly readOnly?: boolean;
}

/**
 * What each key allows by itself, but not together. Looks at which keys are
 * there, not at their values, so that it reports this beside wrong values.
 */
export function contradictions(
  { table, written, twice }: Understood,
  { readOnly = false }: ReadOptions = {},
): Problem[] {
  const isGiven = (key: string): boolean => Object.hasOwn(table, key);
  return [
    ...twice.map((keys) => exclude(keys)),
    ...onePassphrase(PASSPHRASE_KEYS.filter(isGiven).map(written)),
    ...(readOnly ? [] : whoCanOpen(table, isGiven)),
    ...credentials(isGiven, written),
    ...endpointOfProvider(table, isGiven),
    ...kmsKey(table, isGiven),
    ...keysAmongTags(table),
  ];
}

const PASSPHRASE_KEYS = ["passphrase", "passphraseFile", "passphraseCommand"];

function exclude(keys: readonly string[]): Problem {
  const names = keys.map((key) => `"${key}"`).join(" and ");
  return { key: `${keys.at(-1)}`, problem: `${names} exclude each other: keep one` };
}

function onePassphrase(given: readonly string[]): Problem[] {
  return given.length > 1 ? [exclude(given)] : [];
}

function whoCanOpen(table: Understood["table"], isGiven: (key: string) => boolean): Problem[] {
  const { encryption = "openpgp", recipients = [] } = table;
  const toPublicKeys =
    isGiven("recipients") && !(Array.isArray(recipients) && recipients.length === 0);
  if (encryption !== "openpgp" || toPublicKeys || PASSPHRASE_KEYS.some(isGiven)) return [];
  const problem = 'no passphrase: add passphraseFile = "/path", or recipients = ["/path"]';
  return [{ key: "encryption", problem }];
}

function credentials(
  isGiven: (key: string) => boolean,
  written: (key: string) => string,
): Problem[] {
  const [id, secret] = [written("accessKeyId"), written("secretAccessKey")];
  if (isGiven("accessKeyId") !== isGiven("secretAccessKey")) {
    const key = isGiven("accessKeyId") ? id : secret;
    return [{ key, problem: `"${id}" and "${secret}" belong together` }];
  }
  if (!isGiven("sessionToken") || isGiven("accessKeyId")) return [];
  return [{ key: "sessionToken", problem: `"sessionToken" needs "${id}" and "${secret}"` }];
}

/** Without one the client would go to AWS, with another store's keys. */
function endpointOfProvider(
  { provider }: Understood["table"],
  isGiven: (key: string) => boolean,
): Problem[] {
  if (provider === undefined || provider === "aws" || isGiven("endpoint")) return [];
  const problem = '"endpoint" is missing: add a line such as endpoint = "https://s3.example.net"';
  return [{ key: "provider", problem: `${problem}, as "provider" is not aws` }];
}

function kmsKey(
  { serverSideEncryption }: Understood["table"],
  isGiven: (key: string) => boolean,
): Problem[] {
  const isKms =
    typeof serverSideEncryption === "string" && serverSideEncryption.startsWith("aws:kms");
  if (!isGiven("kmsKeyId") || isKms) return [];
  const problem = '"kmsKeyId" has no effect: add serverSideEncryption = "aws:kms"';
  return [{ key: "kmsKeyId", problem }];
}

/** In TOML all that follows a line `[tags]` is a tag: a key that was meant for us would be one, silently. */
function keysAmongTags({ tags }: Understood["table"]): Problem[] {
  if (typeof tags !== "object" || tags === null) return [];
  return Object.keys(tags)
    .filter((tag) => Object.hasOwn(settingsSchema.shape, tag) && tag !== "tags")
    .map((tag) => ({
      key: tag,
      problem: `"${tag}" stands among the tags: write them on one line, tags = { … }`,
    }));
}

/** One thing that is wrong with a configuration. */
export interface Problem {
  /** The key, by our name or the Python program's; the error names its line where it stands. */
  readonly key: string;
  /** A clause without its full stop. Never a value: it may be secret. */
  readonly problem: string;
}

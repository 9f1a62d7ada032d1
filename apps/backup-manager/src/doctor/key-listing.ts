/** A public key as gpg lists it. */
export interface ListedKey {
  readonly fingerprint: string;
  /** It or one of its subkeys is good for encryption today. */
  readonly canEncrypt: boolean;
  /** When that ends; undefined: never. */
  readonly expires: Date | undefined;
}

/** Reads `gpg --with-colons --show-keys`; the fields are those of gnupg's doc/DETAILS. */
export function parseKeyListing(listing: string): ListedKey[] {
  return listing.split(/^(?=pub:)/m).flatMap((text) => {
    const records = text.split("\n").map((line) => line.split(":"));
    const [primary] = records;
    if (primary?.[0] !== "pub") return [];
    const fingerprint = records.find(([type]) => type === "fpr")?.[9] ?? "";
    const good = isDead(primary) ? [] : records.filter(encrypts);
    // A subkey dies with its primary key.
    const ends = good.map((record) => Math.min(expiry(primary), expiry(record)));
    const last = Math.max(...ends);
    return [
      {
        fingerprint,
        canEncrypt: good.length > 0,
        expires: good.length > 0 && Math.abs(last) <= LAST_DATE ? new Date(last * 1000) : undefined,
      },
    ];
  });
}

/** That a Date can be, in seconds since 1970: a key that lives longer has no end that matters. */
const LAST_DATE = 8_640_000_000_000;

/** Small letters are the record's own capabilities, capital ones the whole key's. */
function encrypts(record: readonly string[]): boolean {
  const isKey = record[0] === "pub" || record[0] === "sub";
  return isKey && !isDead(record) && (record[11] ?? "").includes("e");
}

/** Expired, revoked, disabled or invalid. */
function isDead([, validity = ""]: readonly string[]): boolean {
  return /^[erdin]/.test(validity);
}

/** Seconds since 1970. */
function expiry(record: readonly string[]): number {
  const seconds = record[6] ?? "";
  return seconds === "" ? Infinity : Number(seconds);
}

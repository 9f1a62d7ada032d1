import type { Settings } from "@backuppc-archive-s3/settings";
import type { Report } from "./report-json.ts";

type Price = NonNullable<Report["price"]>;

/** What storing 10^9 bytes for a month costs, by the configuration, else by the table; null where neither knows it. */
export function priceOf({
  prices,
  provider,
  endpoint,
  storageClass = "STANDARD",
}: Pick<Settings, "prices" | "provider" | "endpoint" | "storageClass">): Price | null {
  if (prices !== undefined) return { ...prices, source: "the configuration", date: null };
  const name = provider ?? (endpoint === undefined ? "aws" : "other");
  const known = PRICES.find((row) => row.provider === name && row.storageClass === storageClass);
  if (known === undefined) return null;
  const { perGB, source, date } = known;
  return { perGB, currency: "USD", source, date };
}

interface Row {
  readonly provider: NonNullable<Settings["provider"]>;
  readonly storageClass: string;
  /** USD for a GB and a month, the first and dearest step, without requests, minimum times and taxes. */
  readonly perGB: number;
  readonly source: string;
  /** When it was cited. */
  readonly date: string;
}

const AWS = "https://aws.amazon.com/s3/pricing/ (us-east-1)";
const B2 = "https://www.backblaze.com/cloud-storage/pricing";
const R2 = "https://developers.cloudflare.com/r2/pricing/";

/** As pages of that date cite the source. */
const PRICES: readonly Row[] = [
  { provider: "aws", storageClass: "STANDARD", perGB: 0.023, source: AWS, date: "2025-09" },
  { provider: "aws", storageClass: "DEEP_ARCHIVE", perGB: 0.00099, source: AWS, date: "2025-09" },
  { provider: "b2", storageClass: "STANDARD", perGB: 0.006, source: B2, date: "2026-04" },
  { provider: "r2", storageClass: "STANDARD", perGB: 0.015, source: R2, date: "2026-06-13" },
  { provider: "r2", storageClass: "STANDARD_IA", perGB: 0.01, source: R2, date: "2026-06-13" },
  {
    provider: "wasabi",
    storageClass: "STANDARD",
    perGB: 0.00799,
    source: "https://wasabi.com/pricing",
    date: "2026-07-01",
  },
];

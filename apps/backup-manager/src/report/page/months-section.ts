import { formatBytes } from "@backuppc-archive-s3/settings";
import type { Report } from "../report-json.ts";
import { text } from "./markup.ts";

/** Storage and its cost, a line a month, the newest first. */
export function monthsSection({ months, price }: Report): string {
  if (months.length === 0) return "";
  const rows = months
    .toReversed()
    .map(
      ({ month, uploadedBytes, storedBytes, cost }) =>
        `<tr><td>${month}<td>${formatBytes(uploadedBytes)}<td>${formatBytes(storedBytes)}${price === null ? "" : `<td>${money(cost, price.currency)}`}`,
    );
  const head = `<tr><th>month<th>uploaded<th>stored at its end${price === null ? "" : "<th>a month of it costs"}`;
  return `<section><h2>Storage</h2><div class="wide"><table>${head}${rows.join("")}</table></div><p>Of chunks that are there today: what was deleted since is not counted. ${priceText(price)}</p></section>
`;
}

function money(cost: number | null, currency: string): string {
  return cost === null ? "-" : `${cost.toFixed(2)} ${text(currency)}`;
}

function priceText(price: Report["price"]): string {
  if (price === null)
    return "No price is known for this store: set <code>prices</code> in the configuration.";
  const { perGB, currency, source, date } = price;
  const when = date === null ? "" : `, ${text(date)}`;
  return `At ${perGB} ${text(currency)} for a GB and a month (${text(source)}${when}), without requests, traffic and taxes.`;
}

import * as value from "./value-types.ts";

/** What `backup-manager report` needs to know (docs/backup-manager.md). */
export const reportKeys = {
  prices: value.prices.optional().meta({
    description:
      "What the store takes for 10^9 bytes and a month, for `backup-manager report`. Without it, a table of a few providers, or no costs.",
    example: '{ perGB = 0.006, currency = "EUR" }',
  }),
};

import * as z from "zod";

/** What `list` and `show` print of the drills of a host. */
export const lastDrillSchema = z.strictObject({
  time: z.iso.datetime().describe("of the last drill"),
  number: z.int().nullable().describe("its backup number; null if no archive could be chosen"),
  result: z.enum(["proven", "failed"]),
  reason: z.string().nullable().describe("why it failed"),
  proven: z.iso.datetime().nullable().describe("of the last drill that succeeded"),
});

type LastDrill = z.input<typeof lastDrillSchema>;

/** What is kept of a host's drills, as far as it is shown. */
export interface KeptDrills {
  readonly last: Omit<LastDrill, "proven">;
  readonly proven: Pick<LastDrill, "time"> | null;
}

export function lastDrillJson({ last, proven }: KeptDrills): LastDrill {
  const { time, number, result, reason } = last;
  return { time, number, result, reason, proven: proven?.time ?? null };
}

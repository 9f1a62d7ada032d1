import * as z from "zod";
import { statusSchema } from "../json/archive.ts";
import { lastDrillSchema } from "../json/last-drill.ts";

const time = z.iso.datetime();

const archiveSchema = z.strictObject({
  number: z.int(),
  attempt: z.string(),
  started: time,
  status: statusSchema,
  good: z.boolean().describe("complete, verified and undamaged"),
  storedBytes: z.int().nullable().describe("of its chunks; null if not known"),
  newBytes: z.int().nullable().describe("what it uploaded; null if not known"),
  action: z.enum(["keep", "delete"]).describe("what the next `delete` would do"),
  why: z.string().describe("in words"),
});

const hostSchema = z.strictObject({
  host: z.string(),
  newestGood: time.nullable().describe("when the newest good archive was finished; null: none"),
  drill: lastDrillSchema.nullable().describe("null if never drilled"),
  storedBytes: z.int().describe("of its chunks, each counted once"),
  archives: z.array(archiveSchema).describe("oldest first"),
  nextDelete: z.strictObject({
    archives: z.int().describe("that the next `delete` would take"),
    bytes: z.int().describe("of chunks that no other archive needs"),
    heldUntil: time.nullable().describe("when the last hold on them ends; null: nothing goes"),
  }),
  held: z.strictObject({
    bytes: z.int().describe("of chunks that only deleted archives hold"),
    until: time.nullable().describe("when the last of these holds ends"),
  }),
});

const troubleSchema = z.strictObject({
  kind: z.string(),
  host: z.string().nullable(),
  since: time.nullable(),
  why: z.string(),
  todo: z.string().describe("what to do, in words"),
  next: z.string().describe("the command that comes next"),
});

const monthSchema = z.strictObject({
  month: z.string().describe("such as `2026-11`, in UTC"),
  uploadedBytes: z.int().describe("in that month, as far as it is still there"),
  storedBytes: z.int().describe("at its end, as far as it is still there"),
  cost: z.number().nullable().describe("of these in a month; null if no price is known"),
});

/** What `report --json` prints, and the page shows. */
export const reportJsonSchema = z.strictObject({
  format: z.literal(1),
  written: time,
  store: z.string(),
  policy: z.strictObject({ age: z.number(), keep: z.int(), overdue: z.number() }),
  troubles: z.array(troubleSchema).describe("the most urgent first"),
  hosts: z.array(hostSchema),
  months: z.array(monthSchema).describe("oldest first"),
  price: z
    .strictObject({
      perGB: z.number().describe("for 10^9 bytes and a month"),
      currency: z.string(),
      source: z.string(),
      date: z.string().nullable().describe("when the source said so; null for the configuration"),
    })
    .nullable(),
});

export type Report = z.output<typeof reportJsonSchema>;
export type ReportHost = Report["hosts"][number];

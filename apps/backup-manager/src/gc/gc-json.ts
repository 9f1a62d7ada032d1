import * as z from "zod";
import { removedFields, removedJson } from "../delete/delete-json.ts";
import { archiveIdFields } from "../json/archive.ts";
import type { Collected } from "./collected.ts";

/** What `gc --json` prints. */
export const gcJsonSchema = z.strictObject({
  format: z.literal(1),
  test: z.boolean().describe("true: nothing was deleted"),
  garbage: z.array(
    z.strictObject({
      ...archiveIdFields,
      reason: z
        .enum(["unfinalized", "orphaned", "hidden"])
        .describe(
          "`unfinalized`: broken off; `orphaned`: no `started.json`; `hidden`: versions that no list shows",
        ),
      objects: z.int().describe("objects that were found"),
      bytes: z.int().describe("what they hold"),
      removed: z
        .strictObject(removedFields)
        .nullable()
        .describe("null where nothing was deleted: with `--test`, or where it was found to live"),
    }),
  ),
  spared: z.int().describe("unfinalized archives that may still be written"),
});

/** One of the archives of `gc --json`. */
export function collectedJson({
  garbage: { id, reason, objects, bytes },
  outcome,
}: Collected): z.input<typeof gcJsonSchema>["garbage"][number] {
  const { host, number, attempt } = id;
  const removed = outcome ? removedJson(outcome) : null;
  return { host, number, attempt, reason, objects, bytes, removed };
}

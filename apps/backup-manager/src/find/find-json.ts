import * as z from "zod";
import { factsJson, memberFields } from "../members/member-json.ts";
import type { FoundName } from "./versions.ts";

/** What `find --json` prints. */
export const findJsonSchema = z.strictObject({
  format: z.literal(1),
  found: z.array(
    z.strictObject({
      host: z.string().describe("as BackupPC calls it"),
      path: z.string().describe("without a leading `./` or `/`"),
      versions: z
        .array(
          z.strictObject({
            ...memberFields,
            archives: z
              .array(
                z.strictObject({
                  number: z.int().describe("BackupPC's backup number"),
                  attempt: z.string().describe("attempt id"),
                }),
              )
              .describe("that have it like this, the oldest first"),
          }),
        )
        .describe("the oldest first"),
    }),
  ),
});

export function foundJson({
  host,
  name,
  versions,
}: FoundName): z.input<typeof findJsonSchema>["found"][number] {
  return {
    host,
    path: name,
    versions: versions.map(({ member, archives }) => ({
      ...factsJson(member),
      archives: archives.map(({ number, attempt }) => ({ number, attempt })),
    })),
  };
}

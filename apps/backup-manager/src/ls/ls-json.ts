import * as z from "zod";
import { archiveIdFields } from "../json/archive.ts";
import { factsJson, memberFields } from "../members/member-json.ts";
import type { ListedMember } from "./members-below.ts";

const listedSchema = z.strictObject({
  path: z.string().describe("without a leading `./` or `/`"),
  rawPath: z
    .string()
    .nullable()
    .describe("as the tar has it, in base64, where that is not UTF-8; otherwise null"),
  facts: z
    .strictObject(memberFields)
    .nullable()
    .describe("null for a folder that has no header of its own in the tar"),
});

/** What `ls --json` prints. */
export const lsJsonSchema = z.strictObject({
  format: z.literal(1),
  ...archiveIdFields,
  members: z.array(listedSchema),
});

export function listedJson(listed: ListedMember): z.input<typeof listedSchema> {
  const { name, rawPath = null, member } = listed;
  return { path: name, rawPath, facts: member === undefined ? null : factsJson(member) };
}

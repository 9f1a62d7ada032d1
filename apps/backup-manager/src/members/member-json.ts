import * as z from "zod";
import type { MemberFacts } from "./member-facts.ts";
import { MEMBER_KINDS, memberKind } from "./member-kind.ts";

/** What a member is and when it changed. */
export const memberFields = {
  type: z.enum(MEMBER_KINDS),
  mode: z.string().describe("permissions, octal"),
  uid: z.int(),
  gid: z.int(),
  size: z.int().describe("bytes of the file"),
  modified: z.iso.datetime().nullable().describe("null if no calendar has that time"),
};

const factsSchema = z.strictObject(memberFields);

export function factsJson(member: MemberFacts): z.input<typeof factsSchema> {
  const { type, mode, uid, gid, size, mtime } = member;
  return {
    type: memberKind(type),
    mode: mode.toString(8).padStart(4, "0"),
    uid,
    gid,
    size,
    modified: timeOfMember(mtime)?.toISOString() ?? null,
  };
}

/** @param mtime seconds since 1970; a tar may hold any */
export function timeOfMember(mtime: number): Date | undefined {
  const time = new Date(mtime * 1000);
  const year = time.getUTCFullYear();
  return year >= 0 && year <= 9999 ? time : undefined;
}

import { failed, type Finding, ok, unknown, warning } from "./finding.ts";
import { isDenial, type TriedRights, UNTRIED } from "./try-rights.ts";

/** Whose rights a key is to have; `both`: one key for both programs. */
export type CheckedRole = "uploader" | "manager" | "both";

/** What the key may and may not do, and whether it should: a line for each right, `list` and `put` first. */
export function rightFindings(
  tried: TriedRights,
  role: CheckedRole,
  probe: string,
): readonly Finding[] {
  const { list, put, get, delete: deleted } = tried;
  const nothing = role === "both" && isDenial(list) && isDenial(put);
  const forOne: Finding[] = [
    nothing ? failed("list", list) : finding("list", list, LIST, role),
    finding("put", put, PUT, role),
    finding("get", get, GET, role),
    finding("delete", deleted, { ...DELETE, without: `${DELETE.without}; ${probe} stays` }, role),
  ];
  if (role !== "manager" || tried.putOthers === UNTRIED) return forOne;
  return [...forOne, finding("put others", tried.putOthers, PUT_OTHERS, role)];
}

/** A right, in words. */
interface Right {
  /** The key has it. */
  readonly well: string;
  /** It does not: what that means. */
  readonly without: string;
  readonly neededBy: readonly CheckedRole[];
  /** What somebody could do who has stolen the key. */
  readonly danger: string;
}

const LIST: Right = {
  well: "archives can be listed",
  without: "this key may not list: that is enough for archive-host only",
  neededBy: ["manager"],
  danger: "this key may list: archive-host does not need it",
};
const PUT: Right = {
  well: "an object can be stored",
  without: "this key may not store (s3:PutObject)",
  neededBy: ["uploader", "manager"],
  danger: "",
};
const GET: Right = {
  well: "an object can be read",
  without: "this key may not read: script needs that right",
  neededBy: ["manager"],
  danger: "this key may read what it has stored: archive-host does not need it",
};
const DELETE: Right = {
  well: "an object can be deleted",
  without: "this key may not delete: delete and gc need that right",
  neededBy: ["manager"],
  danger: "this key may delete: whoever takes over the BackupPC server can delete every archive",
};
const PUT_OTHERS: Right = {
  well: "",
  without: "archives and chunks cannot be stored",
  neededBy: [],
  danger:
    "this key may store other objects than canaries and data keys: backup-manager does not need it",
};

function finding(check: string, error: unknown, right: Right, role: CheckedRole): Finding {
  const isNeeded = role === "both" || right.neededBy.includes(role);
  if (error === UNTRIED) return unknown(check, UNTRIED);
  if (error === undefined)
    return isNeeded ? ok(check, right.well) : warning(check, right.danger, remedyFor(role));
  if (!isDenial(error)) return failed(check, error);
  if (!isNeeded) return ok(check, "this key may not, and need not");
  const lacking = warning(check, right.without, remedyFor(role));
  return role === "both" ? lacking : { ...lacking, state: "failed" };
}

function remedyFor(role: CheckedRole): string {
  if (role === "both") return "`backup-manager policy manager` prints the rights.";
  return `Give it what \`backup-manager policy ${role}\` prints, as docs/two-keys.md shows.`;
}

import { archiveName } from "./archive-name.ts";
import { urlOf } from "./chunk-table.ts";
import { asFileName } from "./quote.ts";
import type { RestoreInput } from "./restore-input.ts";
import { RestoreScriptError } from "./restore-script-error.ts";

/**
 * A line a part of the member index: name, SHA-256 and URL, parted by single spaces.
 *
 * @throws {RestoreScriptError} code `bad-index`
 */
export function indexTable(input: RestoreInput): string {
  const { members = [], urls, encryption } = input;
  const suffix = encryption === null ? "" : ".gpg";
  const lines = members.map((part, at) => {
    if (!/^[0-9a-f]{64}$/.test(part.sha256)) throw badIndex("has a part without a SHA-256");
    const number = String(at + 1).padStart(4, "0");
    const name = asFileName(`${archiveName(input)}.members.${number}.gz${suffix}`);
    return `${name} ${part.sha256} ${urlOf(part, urls)}`;
  });
  return lines.join("\n");
}

/**
 * The members that a small script is for, a line each, after a slash.
 *
 * @throws {RestoreScriptError} code `bad-index`
 */
export function onlyMembers({ only, members }: RestoreInput): string {
  if (only === undefined) return "";
  if (members === undefined || members.length === 0) throw badIndex("is missing");
  if (only.names.some((name) => /[\n\0]/.test(name)))
    throw badIndex("has no name with a line feed");
  return only.names.map((name) => `/${name}`).join("\n");
}

function badIndex(what: string): RestoreScriptError {
  return new RestoreScriptError("bad-index", `The archive's member index ${what}.`);
}

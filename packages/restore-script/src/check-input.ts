import type { RestoreInput } from "./restore-input.ts";
import { RestoreScriptError } from "./restore-script-error.ts";

/**
 * Refuses what cannot be meant: it would become text of the script, where at best the one who restores finds it.
 *
 * @throws {RestoreScriptError} code `bad-input`
 */
export function checkInput(input: RestoreInput): void {
  demand(typeof input === "object" && input !== null, "input");
  checkId(input.id);
  demand(["complete", "partial", "incomplete"].includes(input.status), "status");
  const { finished, expires, created, asked = created, tarBytes = 0 } = input;
  for (const [name, date] of Object.entries({ finished, expires, created, asked }))
    demand(date instanceof Date && !Number.isNaN(date.getTime()), name);
  demand(isWhole(tarBytes), "tarBytes");
  demand(typeof input.tool === "string", "tool");
  demand(input.verified === undefined || isText(input.verified.by), "verified");
  demand(Array.isArray(input.chunks), "chunks");
  checkSums(input);
  checkOnly(input);
}

function checkId(id: RestoreInput["id"]): void {
  const { host, number, attempt } = Object(id);
  demand(isText(host), "host");
  demand(isWhole(number), "number");
  demand(attempt === undefined || typeof attempt === "string", "attempt");
}

function checkSums({ sums }: RestoreInput): void {
  demand(sums?.sha256 === undefined || isDigest(sums.sha256), "SHA-256 of its sums");
  demand(sums?.manifest === undefined || isDigest(sums.manifest), "SHA-256 of its manifest");
}

function checkOnly({ only, chunks }: RestoreInput): void {
  if (only === undefined) return;
  demand(only.names.length > 0 && only.names.every(isText), "choice of members");
  const isPlace = (at: number): boolean => isWhole(at) && at < chunks.length;
  demand([...only.chunks].every(isPlace), "choice of chunks");
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isWhole(value: unknown): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isDigest(value: unknown): boolean {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

function demand(met: boolean, what: string): void {
  if (!met) throw new RestoreScriptError("bad-input", `The archive has an impossible ${what}.`);
}

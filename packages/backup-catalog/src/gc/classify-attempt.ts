import { holdOfRun, LONGEST_RUN_MS, MARGIN_MS } from "../protocol.ts";
import type { TrustState } from "../trust.ts";
import type { GarbageAttempt, GcRefusal } from "./gc-plan.ts";
import type { ListedAttempt, ListedHead } from "./inventory.ts";

type ReadHead = Extract<ListedHead, { state: "read" }>;

/** What an attempt means to the chunks of its host. */
export type AttemptClass =
  /** It keeps what its head names. */
  | { readonly kind: "keeps"; readonly head: ReadHead }
  /** It was deleted, and its head holds until `expiry`, in milliseconds since 1970. */
  | { readonly kind: "holds"; readonly head: ReadHead; readonly expiry: number }
  | { readonly kind: "garbage"; readonly reason: Exclude<GarbageAttempt["reason"], "released"> }
  /** It may be running: its chunks are young, or held by the heads that it reuses. */
  | { readonly kind: "young" }
  | { readonly kind: "refusal"; readonly refusal: GcRefusal };

/** @param now by the store's clock, in milliseconds since 1970 */
export function classifyAttempt(attempt: ListedAttempt, now: number): AttemptClass {
  const { head, marker } = attempt;
  if (attempt.records === 0) return { kind: "garbage", reason: "hidden" };
  if (head === undefined) return withoutHead(attempt, now);
  if (head.state === "unreadable") return withBadHead(attempt, head, now);
  if (marker !== undefined) return withMarker(attempt, head);
  const expiry = expiryOf(head);
  if (now > expiry) return { kind: "garbage", reason: "expired" };
  // With its manifest it was never deleted: a run broke off before the marker, and the next one reuses its chunks.
  return attempt.hasManifest ? { kind: "keeps", head } : { kind: "holds", head, expiry };
}

/** Until when chunks of a head without a marker stay, in milliseconds since 1970. */
export function expiryOf({ head, modifiedMs }: ReadHead): number {
  // It was put after its run's start: one that promises more than from then on was not made by us.
  const latest = holdOfRun(new Date(modifiedMs));
  return Math.min(Date.parse(head.holdUntil), latest.getTime()) + MARGIN_MS;
}

/** What no run can still be about to name, in milliseconds: `D + M`. */
export const SETTLED_MS: number = LONGEST_RUN_MS + MARGIN_MS;

function withoutHead({ id, marker, newestMs }: ListedAttempt, now: number): AttemptClass {
  if (marker !== undefined) {
    const reason = "it has a marker, but its archive.json is missing";
    return { kind: "refusal", refusal: { kind: "no-head", archive: id, reason } };
  }
  return now > newestMs + SETTLED_MS
    ? { kind: "garbage", reason: "broken-off" }
    : { kind: "young" };
}

function withBadHead(
  { id, marker }: ListedAttempt,
  head: Extract<ListedHead, { state: "unreadable" }>,
  now: number,
): AttemptClass {
  const refusal: GcRefusal = { kind: "bad-head", archive: id, reason: head.reason };
  if (marker !== undefined) return { kind: "refusal", refusal };
  // Whatever it says: no head holds for longer after it was put.
  const until = new Date(holdOfRun(new Date(head.modifiedMs)).getTime() + MARGIN_MS);
  if (now > until.getTime()) return { kind: "garbage", reason: "expired" };
  return { kind: "refusal", refusal: { ...refusal, until } };
}

function withMarker({ id }: ListedAttempt, head: ReadHead): AttemptClass {
  if (head.trust.state === "verified") return { kind: "keeps", head };
  const reason = REASONS[head.trust.reason];
  return { kind: "refusal", refusal: { kind: "not-verified", archive: id, reason } };
}

const REASONS: Readonly<Record<Extract<TrustState, { state: "unverified" }>["reason"], string>> = {
  "no-marker": "it has no marker",
  "two-markers": "it has two markers",
  "marker-disagrees": "its marker's name does not agree with archive.json",
  "no-signers": "no signing key is trusted",
  "bad-signature": "no trusted key has signed it",
};

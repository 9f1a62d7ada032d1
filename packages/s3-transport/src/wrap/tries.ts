import { setTimeout as sleep } from "node:timers/promises";
import { demand, isAmount, isWhole } from "../check/demand.ts";
import { StoreError, type StoreErrorCode } from "../store-error.ts";

/** How often, and how far apart, a call is tried. */
export interface RetryOptions {
  /** How often a call is tried in all, 8 unless given. */
  readonly attempts?: number;
  /** Milliseconds before the second attempt, 500 unless given; each further wait is twice as long, up to 30 s. */
  readonly firstWaitMs?: number;
  /**
   * Asked each time a call has failed so often, and the store or the line to it is away: milliseconds, from the call's first
   * failure on, for which it is tried all the same. None unless given.
   */
  readonly patienceMs?: (failure: StoreError) => number;
  /** Waits so many milliseconds; for tests. */
  readonly wait?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<unknown>;
  /** Milliseconds by a clock that nobody sets; for tests. */
  readonly now?: () => number;
}

const LONGEST_WAIT = 30_000;
/** What a store may ask for by Retry-After, in milliseconds: a wrong date must not hold an archive up for hours. */
const LONGEST_ASKED = 300_000;

/** The client has corrected its clock or its credentials: one more try shows whether that was enough. */
const CORRECTED: ReadonlySet<StoreErrorCode> = new Set(["clock", "expired-credentials"]);

/** Where nobody, or a stranger, answers in the store's place, or the store says that it cannot. */
const AWAY: ReadonlySet<StoreErrorCode> = new Set([
  "unreachable",
  "stalled",
  "throttled",
  "unconfirmed",
]);

/** The failures of one call, and what follows from the next one. */
export class Tries {
  readonly #signal: AbortSignal | undefined;
  readonly #options: Required<RetryOptions>;
  #past: StoreError[] = [];
  /** When the first of them came. */
  #since = 0;

  constructor(
    signal: AbortSignal | undefined,
    {
      attempts = 8,
      firstWaitMs = 500,
      patienceMs = () => 0,
      wait = waitFor,
      now = () => performance.now(),
    }: RetryOptions,
  ) {
    demand(
      isWhole(attempts, 1),
      `The attempts are no whole number from 1 on: ${String(attempts)}.`,
    );
    demand(
      isAmount(firstWaitMs, 0),
      `firstWaitMs is no number of milliseconds: ${String(firstWaitMs)}.`,
    );
    this.#signal = signal;
    this.#options = { attempts, firstWaitMs, patienceMs, wait, now };
  }

  /** Something came of it: earlier failures count no more. */
  progressed(): void {
    this.#past = [];
  }

  /** Returns when it is time to try again. @throws the failure, if that cannot help */
  async failed(error: unknown): Promise<void> {
    if (!(error instanceof StoreError) || this.#signal?.aborted === true) throw error;
    const { attempts, firstWaitMs, wait, now } = this.#options;
    const past = this.#past;
    if (past.length === 0) this.#since = now();
    if (error.code === "exists" && past.some(({ answered }) => !answered)) throw perhapsOurs(error);
    const corrected = CORRECTED.has(error.code);
    const again = corrected && past.some(({ code }) => code === error.code);
    past.push(error);
    if (error.permanent || again) throw error;
    const longest = past.length < attempts ? Infinity : this.#timeLeft(error);
    const pause = waitAfter(error, past.length, firstWaitMs);
    if (!corrected) await wait(Math.min(pause, longest), this.#signal);
  }

  /** Milliseconds, more than none. @throws the failure, if there are none */
  #timeLeft(error: StoreError): number {
    const { patienceMs, now } = this.#options;
    const allowed = AWAY.has(error.code) ? patienceMs(error) : 0;
    demand(isAmount(allowed, 0), `patienceMs is no number of milliseconds: ${String(allowed)}.`);
    if (allowed === 0) throw error;
    const left = this.#since + allowed - now();
    if (left <= 0) throw awayFor(allowed, error);
    return left;
  }
}

function awayFor(milliseconds: number, error: StoreError): StoreError {
  const seconds = Math.round(milliseconds / 1000);
  const time = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  const message = `The store has been away for ${time}: ${error.message}`;
  const { reason, permanent, answered, status, requestId } = error;
  const details = { reason, permanent, answered, status, requestId };
  return new StoreError("away", message, { ...details, cause: error });
}

function waitAfter(
  { retryAfterMs = 0 }: StoreError,
  failures: number,
  firstWaitMs: number,
): number {
  const longest = Math.min(firstWaitMs * 2 ** (failures - 1), LONGEST_WAIT);
  // Spread, so that connections that failed together don't come back together.
  const backOff = longest * (0.5 + Math.random() / 2);
  return Math.max(backOff, Math.min(retryAfterMs, LONGEST_ASKED));
}

function perhapsOurs({ code, message, permanent, status, requestId }: StoreError): StoreError {
  const details = { permanent, answered: false, status, requestId };
  return new StoreError(code, message, { ...details, reason: "perhaps-ours" });
}

async function waitFor(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch {
    throw signal?.reason;
  }
}

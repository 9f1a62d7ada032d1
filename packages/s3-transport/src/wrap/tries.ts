import { setTimeout as sleep } from "node:timers/promises";
import { demand, isAmount, isWhole } from "../check/demand.ts";
import { StoreError, type StoreErrorCode } from "../store-error.ts";

export interface RetryOptions {
  /** How often a call is tried in all, 8 unless given. */
  readonly attempts?: number;
  /** Milliseconds before the second attempt, 500 unless given; each further wait is twice as long, up to 30 s. */
  readonly firstWait?: number;
  /** Waits so many milliseconds; for tests. */
  readonly wait?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<unknown>;
}

const LONGEST_WAIT = 30_000;
/** What a store may ask for by Retry-After, in milliseconds: a wrong date must not hold an archive up for hours. */
const LONGEST_ASKED = 300_000;

/** The client has corrected its clock or its credentials: one more try shows whether that was enough. */
const CORRECTED: ReadonlySet<StoreErrorCode> = new Set(["clock", "expired-credentials"]);

/** The failures of one call, and what follows from the next one. */
export class Tries {
  readonly #signal: AbortSignal | undefined;
  readonly #options: Required<RetryOptions>;
  #past: StoreError[] = [];

  constructor(
    signal: AbortSignal | undefined,
    { attempts = 8, firstWait = 500, wait = waitFor }: RetryOptions,
  ) {
    demand(
      isWhole(attempts, 1),
      `The attempts are no whole number from 1 on: ${String(attempts)}.`,
    );
    demand(isAmount(firstWait, 0), `firstWait is no number of milliseconds: ${String(firstWait)}.`);
    this.#signal = signal;
    this.#options = { attempts, firstWait, wait };
  }

  /** Something came of it: earlier failures count no more. */
  progressed(): void {
    this.#past = [];
  }

  /** Returns when it is time to try again. @throws the failure, if that cannot help */
  async failed(error: unknown): Promise<void> {
    if (!(error instanceof StoreError) || this.#signal?.aborted === true) throw error;
    const { attempts, firstWait, wait } = this.#options;
    const past = this.#past;
    if (error.code === "exists" && past.some(({ answered }) => !answered)) throw perhapsOurs(error);
    const corrected = CORRECTED.has(error.code);
    const again = corrected && past.some(({ code }) => code === error.code);
    past.push(error);
    if (error.permanent || again || past.length >= attempts) throw error;
    if (!corrected) await wait(waitAfter(error, past.length, firstWait), this.#signal);
  }
}

function waitAfter({ retryAfter = 0 }: StoreError, failures: number, firstWait: number): number {
  const longest = Math.min(firstWait * 2 ** (failures - 1), LONGEST_WAIT);
  // Spread, so that connections that failed together don't come back together.
  const backOff = longest * (0.5 + Math.random() / 2);
  return Math.max(backOff, Math.min(retryAfter, LONGEST_ASKED));
}

function perhapsOurs({ code, message, permanent }: StoreError): StoreError {
  const hint = "An earlier try had no answer: what is there may well be what it stored.";
  return new StoreError(code, message, { hint, permanent, answered: false });
}

async function waitFor(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch {
    throw signal?.reason;
  }
}

import { request as http, type RequestOptions } from "node:http";
import { request as https } from "node:https";

/** Milliseconds for one try. */
const PATIENCE = 10_000;
const TRIES = 2;
/** Of the service's name, that are tried within the time. Node gives each 250 ms unless set otherwise, which slow lines exceed. */
const ADDRESSES = 4;

export interface PingOptions {
  readonly body: string;
  /** Milliseconds for one try, 10,000 unless given. */
  readonly patience?: number;
  readonly signal?: AbortSignal;
}

/**
 * Sends a ping: POST to the URL with `/start`, or `/` and the exit status, behind its path.
 *
 * @returns undefined, or why it failed: without the URL's path, which is often a secret
 */
export async function ping(
  url: string,
  what: "start" | number,
  { body, patience = PATIENCE, signal }: PingOptions,
): Promise<string | undefined> {
  const address = new URL(url);
  address.pathname = `${address.pathname.replace(/\/$/, "")}/${what}`;
  let why: string | undefined;
  for (let turn = 0; turn < TRIES; turn++) {
    if (signal?.aborted === true) break;
    const limit = AbortSignal.timeout(patience);
    const ends = signal === undefined ? limit : AbortSignal.any([limit, signal]);
    const share = Math.ceil(patience / ADDRESSES);
    const limits = { signal: ends, autoSelectFamilyAttemptTimeout: share };
    why = await post(address, body, limits).then(refusal, (error: unknown) => {
      if (signal?.aborted === true) return NO_TIME;
      return limit.aborted ? `no answer for ${patience / 1000} s` : reasonOf(error);
    });
    if (why === undefined) return undefined;
  }
  return `the ping to ${address.origin} failed: ${why ?? NO_TIME}`;
}

const NO_TIME = "there was no time";

function refusal(status: number): string | undefined {
  return status >= 200 && status < 300 ? undefined : `the answer was ${status}`;
}

/** Such as `ECONNREFUSED`: a message may hold the whole address. */
function reasonOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "it was not sent";
}

interface Limits {
  readonly signal: AbortSignal;
  /** Milliseconds for each address of a name. */
  readonly autoSelectFamilyAttemptTimeout: number;
}

async function post(address: URL, body: string, limits: Limits): Promise<number> {
  const bytes = Buffer.from(body);
  const headers = { "content-type": "text/plain; charset=utf-8", "content-length": bytes.length };
  // A connection of its own, so that none is left to wait for.
  const options: RequestOptions = { method: "POST", headers, ...limits, agent: false };
  return await new Promise((resolve, reject) => {
    const request = address.protocol === "https:" ? https : http;
    const sent = request(address, options, (response) => {
      response.on("error", reject).on("end", () => resolve(response.statusCode ?? 0));
      response.resume();
    });
    sent.on("error", reject).end(bytes);
  });
}

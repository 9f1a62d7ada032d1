import { uptime } from "node:os";
import type { S3Client } from "@aws-sdk/client-s3";
import { answerHeaders } from "./answer-headers.ts";

/** The store's time, as its answers give it. */
export class StoreClock {
  readonly #sinceBoot: () => number;
  #last: { readonly date: number; readonly at: number } | undefined;

  /** @param sinceBoot milliseconds; counts while the machine sleeps, which `performance.now()` does not */
  constructor(sinceBoot: () => number = () => uptime() * 1000) {
    this.#sinceBoot = sinceBoot;
  }

  /** Learns from each successful answer that the client gets, and from those that say that an object is there already. */
  watch(client: S3Client): void {
    client.middlewareStack.add(
      (next) => async (args) => {
        try {
          const result = await next(args);
          this.learn(answerHeaders(result).get("date"));
          return result;
        } catch (error) {
          this.learn(answerHeaders(existsAnswer(error)).get("date"));
          throw error;
        }
      },
      // Outermost: what a command's own middleware refuses has not succeeded.
      { step: "initialize", priority: "high", name: "storeClock" },
    );
  }

  /** As `ObjectStore.now`. */
  now(): Date | undefined {
    if (this.#last === undefined) return undefined;
    const { date, at } = this.#last;
    return new Date(date + this.#sinceBoot() - at);
  }

  /** @param header `Date` of an answer that counts */
  learn(header: string | null | undefined): void {
    const date = Date.parse(header ?? "");
    if (!Number.isNaN(date)) this.#last = { date, at: this.#sinceBoot() };
  }
}

/** The answer of an error that says 412: the store has looked, as no captive portal does. */
function existsAnswer(error: unknown): object {
  const response: unknown = Reflect.get(Object(error), "$response");
  return Reflect.get(Object(response), "statusCode") === 412 ? { response } : {};
}

import type { IncomingMessage } from "node:http";
import { demand, isWhole } from "../check/demand.ts";
import { type Exchange, exchange } from "./exchange.ts";
import type { OutgoingRequest } from "./outgoing.ts";
import { ofProxy, type ProxyFor } from "./proxy.ts";
import { Routes } from "./routes.ts";
import { TIME_LIMITS } from "./time-limits.ts";

/** Sends requests over connections that are kept. */
export interface Requester {
  /** The answer, whose body has yet to be read. */
  send(request: OutgoingRequest, signal?: AbortSignal): Promise<IncomingMessage>;
  /** Ends its connections. */
  close(): void;
}

const EXPECTATION_FAILED = 417;

/**
 * Sends requests as a store needs it: node:http's own time-outs can't tell a thinking store from a dead line. Before a body with
 * `Expect` it asks, until the store shows that it does not know the question.
 *
 * @throws {StoreError} code `invalid-input` for a wrong number of connections
 * @param connections requests at a time
 * @param proxyFor which proxy a request goes through; none unless given
 * @param authorities PEM: the only ones that are trusted, if given
 */
export function createRequester(
  connections: number,
  limits = TIME_LIMITS,
  proxyFor: ProxyFor = () => undefined,
  authorities?: string,
): Requester {
  demand(
    isWhole(connections, 1),
    `The connections are no whole number from 1 on: ${String(connections)}.`,
  );
  const routes = new Routes(connections, limits, proxyFor, authorities);
  const send = async (wanted: OutgoingRequest, signal?: AbortSignal): Promise<Exchange> => {
    const { request, agents, proxy } = routes.of(wanted);
    return await exchange(request, agents, limits, signal).catch((error: unknown) => {
      throw proxy === undefined ? error : ofProxy(error, proxy);
    });
  };
  // Forgotten with the process: a proxy in between may be repaired.
  let understands = true;
  return {
    async send(request, signal) {
      const asked = understands ? request : withoutQuestion(request);
      const { response, first } = await send(asked, signal);
      if (first === "silence") understands = false;
      if (first !== "answer" || response.statusCode !== EXPECTATION_FAILED) return response;
      understands = false;
      response.resume();
      return (await send(withoutQuestion(request), signal)).response;
    },
    close: () => routes.close(),
  };
}

function withoutQuestion(request: OutgoingRequest): OutgoingRequest {
  const { Expect: _, ...headers } = request.headers;
  return { ...request, headers };
}

import { Agent as HttpAgent, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { exchange } from "./exchange.ts";
import type { OutgoingRequest } from "./outgoing.ts";
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
 * Of a name, that are tried within the time for a connection, one after the other. Node gives each but the last
 * 250 ms unless set otherwise, which satellites, mobile networks and a busy uplink exceed.
 */
const ADDRESSES = 4;

/**
 * Sends requests as a store needs it: node:http's own time-outs can't tell a thinking store from a dead line. Before a body with
 * `Expect` it asks, until the store shows that it does not know the question.
 *
 * @param connections requests at a time
 */
export function createRequester(connections: number, limits = TIME_LIMITS): Requester {
  const sockets = {
    keepAlive: true,
    maxSockets: connections,
    autoSelectFamilyAttemptTimeout: Math.ceil(limits.connect / ADDRESSES),
  };
  const agents = { http: new HttpAgent(sockets), https: new HttpsAgent(sockets) };
  // Forgotten with the process: a proxy in between may be repaired.
  let understands = true;
  return {
    async send(request, signal) {
      const asked = understands ? request : withoutQuestion(request);
      const { response, first } = await exchange(asked, agents, limits, signal);
      if (first === "silence") understands = false;
      if (first !== "answer" || response.statusCode !== EXPECTATION_FAILED) return response;
      understands = false;
      response.resume();
      return (await exchange(withoutQuestion(request), agents, limits, signal)).response;
    },
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

function withoutQuestion(request: OutgoingRequest): OutgoingRequest {
  const { Expect: _, ...headers } = request.headers;
  return { ...request, headers };
}

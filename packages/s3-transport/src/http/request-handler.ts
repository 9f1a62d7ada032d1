import { Agent as HttpAgent, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { type HttpHandler, HttpRequest, HttpResponse } from "@smithy/core/protocols";
import { type Agents, exchange } from "./exchange.ts";
import { TIME_LIMITS, type TimeLimits } from "./time-limits.ts";

const EXPECTATION_FAILED = 417;

/**
 * Of a name, that are tried within the time for a connection, one after the other. Node gives each but the last
 * 250 ms unless told otherwise, which satellites, mobile networks and a busy uplink exceed.
 */
const ADDRESSES = 4;

/**
 * Sends the SDK's requests, in place of the SDK's own handler: that one waits
 * for `100 Continue` only on a connection that it makes and closes for each request, and
 * its time-outs can't tell a thinking store from a dead line.
 */
export function createRequestHandler(connections: number, limits = TIME_LIMITS): HttpHandler {
  const sockets = {
    keepAlive: true,
    maxSockets: connections,
    autoSelectFamilyAttemptTimeout: Math.ceil(limits.connect / ADDRESSES),
  };
  const agents = { http: new HttpAgent(sockets), https: new HttpsAgent(sockets) };
  const ask = askingFirst(agents, limits);
  return {
    metadata: { handlerProtocol: "http/1.1" },
    handle: async (request, { abortSignal } = {}) => {
      const response = await ask(request, asAbortSignal(abortSignal));
      return { response: asHttpResponse(response) };
    },
    destroy: () => {
      agents.http.destroy();
      agents.https.destroy();
    },
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
  };
}

/** Asks before a large body as the SDK has it, until the store shows that it does not know the question. */
function askingFirst(agents: Agents, limits: TimeLimits) {
  // Forgotten with the process: a proxy in between may be mended.
  let understands = true;
  return async (request: HttpRequest, signal?: AbortSignal): Promise<IncomingMessage> => {
    const asked = understands ? request : withoutQuestion(request);
    const { response, first } = await exchange(asked, agents, limits, signal);
    if (first === "silence") understands = false;
    if (first !== "answer" || response.statusCode !== EXPECTATION_FAILED) return response;
    understands = false;
    response.resume();
    return (await exchange(withoutQuestion(request), agents, limits, signal)).response;
  };
}

function withoutQuestion(request: HttpRequest): HttpRequest {
  const { Expect: _, ...headers } = request.headers;
  const plain = HttpRequest.clone(request);
  plain.headers = headers;
  return plain;
}

function asHttpResponse(response: IncomingMessage): HttpResponse {
  const { statusCode = 0, statusMessage: reason = "" } = response;
  const headers = Object.entries(response.headers).map(
    ([name, value = ""]) => [name, String(value)] as const,
  );
  return new HttpResponse({
    statusCode,
    reason,
    headers: Object.fromEntries(headers),
    body: response,
  });
}

/** The SDK hands on what `send` was given, under a type of its own. */
function asAbortSignal(signal: unknown): AbortSignal | undefined {
  return signal instanceof AbortSignal ? signal : undefined;
}

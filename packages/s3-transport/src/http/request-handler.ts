import {
  Agent as HttpAgent,
  type ClientRequest,
  type IncomingMessage,
  request as http,
} from "node:http";
import { Agent as HttpsAgent, request as https } from "node:https";
import {
  buildQueryString,
  type HttpHandler,
  type HttpRequest,
  HttpResponse,
} from "@smithy/core/protocols";
import { type GoAhead, goAhead } from "./go-ahead.ts";
import { sendBody } from "./send-body.ts";
import { TIME_LIMITS, type TimeLimits } from "./time-limits.ts";
import { watchProgress } from "./watch-progress.ts";

/**
 * Sends the SDK's requests, in place of the SDK's own handler: that one waits
 * for `100 Continue` only on a connection that it makes and closes for each request, and
 * its time-outs can't tell a thinking store from a dead line.
 */
export function createRequestHandler(
  connections: number,
  limits: TimeLimits = TIME_LIMITS,
): HttpHandler {
  const sockets = { keepAlive: true, maxSockets: connections };
  const agents = { http: new HttpAgent(sockets), https: new HttpsAgent(sockets) };
  // Forgotten with the process: a proxy in between may be mended.
  let saysContinue = true;

  const exchange = async (request: HttpRequest, signal?: AbortSignal): Promise<IncomingMessage> => {
    const expects = "Expect" in request.headers && saysContinue;
    const outgoing = open(request, agents, expects, signal);
    // A store may think long of what it was given, but not of what it is asked for.
    const answer = ["GET", "HEAD"].includes(request.method) ? limits.stall : limits.answer;
    watchProgress(outgoing, { ...limits, answer });
    const wait = expects ? limits.goAhead : undefined;
    const sending = sendWhenWanted(outgoing, request.body, wait);
    const [response, first] = await Promise.all([answerTo(outgoing), sending]);
    const refusesToSay = first === "answer" && response.statusCode === EXPECTATION_FAILED;
    if (refusesToSay || first === "silence") saysContinue = false;
    if (!refusesToSay) return response;
    response.resume();
    return await exchange(request, signal);
  };

  return {
    metadata: { handlerProtocol: "http/1.1" },
    handle: async (request, { abortSignal } = {}) => {
      const response = await exchange(request, asAbortSignal(abortSignal));
      const { statusCode = 0, statusMessage: reason = "", headers } = response;
      return {
        response: new HttpResponse({ statusCode, reason, headers: plain(headers), body: response }),
      };
    },
    destroy: () => {
      agents.http.destroy();
      agents.https.destroy();
    },
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
  };
}

const EXPECTATION_FAILED = 417;

function open(
  { protocol, hostname, port, method, path, query, headers }: HttpRequest,
  agents: { http: HttpAgent; https: HttpsAgent },
  expects: boolean,
  signal: AbortSignal | undefined,
): ClientRequest {
  const { Expect: expect, ...others } = headers;
  const search = buildQueryString(query);
  const options = {
    // An IPv6 address stands in brackets in a URL, and without them here.
    hostname: hostname.replaceAll(/^\[|\]$/g, ""),
    port,
    method,
    path: search === "" ? path : `${path}?${search}`,
    headers: expects && expect !== undefined ? headers : others,
    ...(signal !== undefined && { signal }),
  };
  if (protocol === "https:") return https({ ...options, agent: agents.https });
  return http({ ...options, agent: agents.http });
}

/** @param wait for the store's go-ahead, in milliseconds; none unless given */
async function sendWhenWanted(
  request: ClientRequest,
  body: unknown,
  wait: number | undefined,
): Promise<GoAhead> {
  const first = wait === undefined ? "continue" : await goAhead(request, wait);
  if (first === "continue" || first === "silence") sendBody(request, body);
  return first;
}

async function answerTo(request: ClientRequest): Promise<IncomingMessage> {
  return await new Promise((resolve, reject) => {
    request.once("response", resolve);
    request.on("error", reject);
  });
}

/** The SDK hands on what `send` was given, under a type of its own. */
function asAbortSignal(signal: unknown): AbortSignal | undefined {
  return signal instanceof AbortSignal ? signal : undefined;
}

function plain(headers: IncomingMessage["headers"]): Record<string, string> {
  const joined = Object.entries(headers).map(
    ([name, value = ""]) => [name, String(value)] as const,
  );
  return Object.fromEntries(joined);
}

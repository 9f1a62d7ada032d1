import {
  type Agent as HttpAgent,
  type ClientRequest,
  type IncomingMessage,
  request as http,
} from "node:http";
import { type Agent as HttpsAgent, request as https } from "node:https";
import { type GoAhead, goAhead } from "./go-ahead.ts";
import type { OutgoingBody, OutgoingRequest } from "./outgoing.ts";
import { sendBody } from "./send-body.ts";
import type { TimeLimits } from "./time-limits.ts";
import { watchProgress } from "./watch-progress.ts";

export interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

/** The answer to one request, and what came first where the store was asked whether it wants the body. */
export interface Exchange {
  readonly response: IncomingMessage;
  readonly first: GoAhead;
}

/** Sends one request; resolves with its answer, whose body has yet to be read. */
export async function exchange(
  request: OutgoingRequest,
  agents: Agents,
  limits: TimeLimits,
  signal: AbortSignal | undefined,
): Promise<Exchange> {
  const outgoing = open(request, agents, signal);
  // A store may think long of what it was given, but not of what it is asked for.
  const answerMs = ["GET", "HEAD"].includes(request.method) ? limits.stallMs : limits.answerMs;
  watchProgress(outgoing, { ...limits, answerMs });
  const wait = "Expect" in request.headers ? limits.goAheadMs : undefined;
  const sending = sendWhenWanted(outgoing, request.body, wait);
  const [response, first] = await Promise.all([answerTo(outgoing), sending]);
  // Else a connection whose body was not sent whole would be waited for, and never come free.
  if (!outgoing.writableEnded) response.once("end", () => outgoing.destroy());
  return { response, first };
}

function open(
  { protocol, hostname, port, method, path, headers }: OutgoingRequest,
  agents: Agents,
  signal: AbortSignal | undefined,
): ClientRequest {
  const options = {
    // An IPv6 address stands in brackets in a URL, and without them here.
    hostname: hostname.replaceAll(/^\[|\]$/g, ""),
    port,
    method,
    path,
    headers,
    ...(signal !== undefined && { signal }),
  };
  if (protocol === "https:") return https({ ...options, agent: agents.https });
  return http({ ...options, agent: agents.http });
}

/** @param wait for the store's go-ahead, in milliseconds; none unless given */
async function sendWhenWanted(
  request: ClientRequest,
  body: OutgoingBody,
  wait: number | undefined,
): Promise<GoAhead> {
  const first = wait === undefined ? "continue" : await goAhead(request, wait);
  if (first === "continue" || first === "silence") void sendBody(request, body);
  return first;
}

async function answerTo(request: ClientRequest): Promise<IncomingMessage> {
  return await new Promise((resolve, reject) => {
    request.once("response", resolve);
    request.on("error", reject);
  });
}

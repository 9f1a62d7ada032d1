import type { IncomingMessage } from "node:http";
import {
  buildQueryString,
  type HttpHandler,
  type HttpRequest,
  HttpResponse,
} from "@smithy/core/protocols";
import type { OutgoingRequest } from "./outgoing.ts";
import type { ProxyFor } from "./proxy.ts";
import { createRequester } from "./requester.ts";
import type { TimeLimits } from "./time-limits.ts";

/**
 * Sends the SDK's requests, in place of the SDK's own handler: that one's
 * time-outs can't tell a thinking store from a dead line.
 */
export function createRequestHandler(
  connections: number,
  limits?: TimeLimits,
  proxyFor?: ProxyFor,
  authorities?: string,
): HttpHandler {
  const requester = createRequester(connections, limits, proxyFor, authorities);
  return {
    metadata: { handlerProtocol: "http/1.1" },
    handle: async (request, { abortSignal } = {}) => {
      const response = await requester.send(outgoing(request), asAbortSignal(abortSignal));
      return { response: asHttpResponse(response) };
    },
    destroy: () => requester.close(),
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
  };
}

function outgoing(request: HttpRequest): OutgoingRequest {
  const { protocol, hostname, port, method, headers, body } = request;
  const search = buildQueryString(request.query);
  const path = search === "" ? request.path : `${request.path}?${search}`;
  return { protocol, hostname, port, method, path, headers, body };
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

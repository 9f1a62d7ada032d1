import { isIPv6 } from "node:net";
import type { OutgoingRequest } from "./outgoing.ts";

/** A proxy between this machine and the store. */
export interface Proxy {
  /** Such as `http://proxy.example.net:3128`; without a name and a password, so that it may be shown. */
  readonly address: string;
  /** What the header `Proxy-Authorization` says, where the proxy wants a password. */
  readonly authorization?: string | undefined;
}

/** The proxy that requests to this place go through; undefined: none. */
export type ProxyFor = (place: Place) => Proxy | undefined;

/** Where a request goes. */
export interface Place {
  /** `https:` or `http:` */
  readonly protocol: string;
  /** An IPv6 address may stand in brackets. */
  readonly hostname: string;
}

/** A proxy that cannot be reached, or does not let through what it is asked for. */
export class ProxyError extends Error {
  override readonly name: "ProxyUnreachable" | "ProxyRefused" | "ProxyUnauthorized";

  constructor(name: ProxyError["name"], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = name;
  }
}

/** A request of plain HTTP as it is sent to a proxy, which forwards it: by its whole URL. */
export function forwarded(
  request: OutgoingRequest,
  { address, authorization }: Proxy,
): OutgoingRequest {
  const { protocol, hostname, port } = new URL(address);
  const host = isIPv6(request.hostname) ? `[${request.hostname}]` : request.hostname;
  const place = `${request.protocol}//${host}${request.port === undefined ? "" : `:${request.port}`}`;
  return {
    ...request,
    protocol,
    hostname,
    port: port === "" ? undefined : Number(port),
    path: place + request.path,
    headers: {
      ...request.headers,
      ...(authorization !== undefined && { "proxy-authorization": authorization }),
    },
  };
}

/** What Node says where no connection was made; of several addresses in an error that says nothing else. */
const NOT_CONNECTED: ReadonlySet<unknown> = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
]);

/** An error of a connection to the proxy as one that names it. */
export function ofProxy(error: unknown, { address }: Proxy): unknown {
  if (!(error instanceof Error) || !("code" in error) || !NOT_CONNECTED.has(error.code))
    return error;
  const message = `the proxy ${address} cannot be reached: ${error.message || String(error.code)}`;
  return new ProxyError("ProxyUnreachable", message, error);
}

import { type ClientRequest, type IncomingMessage, request as http } from "node:http";
import { request as https } from "node:https";
import type { Duplex } from "node:stream";
import { ofProxy, type Proxy, ProxyError } from "./proxy.ts";

/** How long a connection to the proxy may take. */
export interface TunnelLimits {
  /** Milliseconds for each address of the proxy's name. */
  readonly autoSelectFamilyAttemptTimeout?: number | undefined;
  /** Ends the attempt. */
  readonly signal: AbortSignal;
}

/**
 * Has a proxy connect to a place, by CONNECT: what is sent into the tunnel arrives there.
 *
 * @throws {ProxyError}
 */
export async function openTunnel(
  proxy: Proxy,
  { host, port }: { readonly host: string; readonly port: number },
  limits: TunnelLimits,
): Promise<Duplex> {
  const authority = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const request = ask(proxy, authority, limits);
  return await new Promise((resolve, reject) => {
    request.once("error", (error) => reject(ofProxy(error, proxy)));
    request.once("connect", ({ statusCode = 0 }: IncomingMessage, tunnel: Duplex) => {
      if (statusCode >= 200 && statusCode < 300) return resolve(tunnel);
      tunnel.destroy();
      reject(refused(proxy, authority, statusCode));
    });
    request.end();
  });
}

function ask(
  { address, authorization }: Proxy,
  authority: string,
  limits: TunnelLimits,
): ClientRequest {
  const { protocol, hostname, port } = new URL(address);
  const options = {
    method: "CONNECT",
    hostname: hostname.replaceAll(/^\[|\]$/g, ""),
    port,
    path: authority,
    headers: {
      host: authority,
      ...(authorization !== undefined && { "proxy-authorization": authorization }),
    },
    agent: false as const,
    ...limits,
  };
  return protocol === "https:" ? https(options) : http(options);
}

/** The proxy's own troubles pass; what it forbids it forbids for good. */
function refused({ address }: Proxy, authority: string, status: number): ProxyError {
  const message = `the proxy ${address} answered ${status} when asked for ${authority}`;
  if (status === 407) return new ProxyError("ProxyUnauthorized", message);
  return new ProxyError(status >= 500 ? "ProxyUnreachable" : "ProxyRefused", message);
}

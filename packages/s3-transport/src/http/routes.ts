import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Agents } from "./exchange.ts";
import type { OutgoingRequest } from "./outgoing.ts";
import { forwarded, type Proxy, type ProxyFor } from "./proxy.ts";
import type { TimeLimits } from "./time-limits.ts";
import { TunnelAgent } from "./tunnel-agent.ts";

/** How a request gets to the store. */
export interface Route {
  /** As it is sent. */
  readonly request: OutgoingRequest;
  readonly agents: Agents;
  /** That it goes through, if any. */
  readonly proxy: Proxy | undefined;
}

/**
 * Of a name, that are tried within the time for a connection, one after the other. Node gives each but the last
 * 250 ms unless set otherwise, which satellites, mobile networks and a busy uplink exceed.
 */
const ADDRESSES = 4;

/** The connections to stores, which are kept: straight, or through proxies. */
export class Routes {
  readonly #sockets: {
    keepAlive: true;
    maxSockets: number;
    autoSelectFamilyAttemptTimeout: number;
  };
  readonly #tls: { ca?: string };
  readonly #limit: number;
  readonly #proxyFor: ProxyFor;
  readonly #direct: Agents;
  readonly #tunnels = new Map<string, TunnelAgent>();

  /**
   * @param connections at a time
   * @param authorities PEM: the only ones that are trusted, if given
   */
  constructor(
    connections: number,
    { connectMs }: TimeLimits,
    proxyFor: ProxyFor,
    authorities: string | undefined,
  ) {
    this.#sockets = {
      keepAlive: true,
      maxSockets: connections,
      autoSelectFamilyAttemptTimeout: Math.ceil(connectMs / ADDRESSES),
    };
    this.#limit = connectMs;
    this.#proxyFor = proxyFor;
    this.#tls = authorities === undefined ? {} : { ca: authorities };
    const https = new HttpsAgent({ ...this.#sockets, ...this.#tls });
    this.#direct = { http: new HttpAgent(this.#sockets), https };
  }

  of(request: OutgoingRequest): Route {
    const proxy = this.#proxyFor(request);
    if (proxy === undefined) return { request, agents: this.#direct, proxy };
    if (request.protocol === "https:") return { request, agents: this.#through(proxy), proxy };
    return { request: forwarded(request, proxy), agents: this.#direct, proxy };
  }

  close(): void {
    const { http, https } = this.#direct;
    for (const agent of [http, https, ...this.#tunnels.values()]) agent.destroy();
  }

  #through(proxy: Proxy): Agents {
    const known = this.#tunnels.get(proxy.address);
    const https = known ?? new TunnelAgent(proxy, this.#limit, { ...this.#sockets, ...this.#tls });
    this.#tunnels.set(proxy.address, https);
    return { ...this.#direct, https };
  }
}

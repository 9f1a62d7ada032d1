import { once } from "node:events";
import { Agent, type AgentOptions, type RequestOptions } from "node:https";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { connect, type TLSSocket } from "node:tls";
import { openTunnel } from "./open-tunnel.ts";
import type { Proxy } from "./proxy.ts";

/** Connections by TLS to stores behind a proxy, which sees nothing of what is sent. They are kept like any other. */
export class TunnelAgent extends Agent {
  readonly #proxy: Proxy;
  readonly #limit: number;
  readonly #addressLimit: number | undefined;

  /** @param limit milliseconds until a connection stands, the proxy's part and TLS included */
  constructor(proxy: Proxy, limit: number, options: AgentOptions) {
    super(options);
    this.#proxy = proxy;
    this.#limit = limit;
    this.#addressLimit = options.autoSelectFamilyAttemptTimeout;
  }

  override createConnection(
    options: RequestOptions,
    callback: (error: Error | null, stream: Duplex) => void = () => {},
  ): undefined {
    void this.#answer(options, callback);
  }

  async #answer(
    options: RequestOptions,
    callback: (error: Error | null, stream: Duplex) => void,
  ): Promise<void> {
    const outcome = await this.#connect(options).catch(asError);
    if (!(outcome instanceof Error)) callback(null, outcome);
    // Node wants a stream here, and looks at none beside an error.
    else callback(outcome, new Socket());
  }

  /** @param options with those that the agent was made with */
  async #connect({ host, port, servername, ca }: RequestOptions): Promise<TLSSocket> {
    const abort = new AbortController();
    const { signal } = abort;
    const timer = setTimeout(() => abort.abort(this.#late()), this.#limit);
    const place = { host: host ?? "", port: Number(port ?? HTTPS) };
    try {
      const tunnel = await openTunnel(this.#proxy, place, {
        autoSelectFamilyAttemptTimeout: this.#addressLimit,
        signal,
      });
      const tls = {
        ...(servername !== undefined && { servername }),
        ...(ca !== undefined && { ca }),
      };
      const options = { socket: tunnel, host: place.host, ...tls, ALPNProtocols: ["http/1.1"] };
      return await secured(connect(options), signal);
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    } finally {
      clearTimeout(timer);
    }
  }

  #late(): Error {
    const message = `no connection by the proxy ${this.#proxy.address} within ${this.#limit / 1000} s`;
    return Object.assign(new Error(message), { name: "TimeoutError" });
  }
}

const HTTPS = 443;

/** Once TLS stands, the certificate of the store included. */
async function secured(socket: TLSSocket, signal: AbortSignal): Promise<TLSSocket> {
  try {
    await once(socket, "secureConnect", { signal });
    return socket;
  } catch (error) {
    // What else goes wrong with it is of no interest any more.
    socket.on("error", () => {}).destroy();
    throw error;
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

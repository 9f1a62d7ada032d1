import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Certificate, startHttpServer } from "@backuppc-archive-s3/test-rig";

/** What goes wrong with one request: an answer with that status, none at all or none before something, or a body that is cut, stalls, is shortened or changed. */
export type Fault =
  | { readonly status: number; readonly body?: string }
  | { readonly hang: true }
  | { readonly until: () => Promise<boolean> }
  | { readonly cutAfter: number }
  | { readonly stallAfter: number }
  | { readonly truncateTo: number }
  | { readonly flipBitAt: number }
  | { readonly insteadSend: string };

export interface FaultServer {
  readonly origin: string;
  /** Whose files it serves. */
  folder: string;
  /** Names of files asked for with GET, in order. */
  readonly requests: string[];
  /** Connections that brought one or more of them. */
  readonly connections: Set<unknown>;
  /** Those of them that went on in the middle. */
  readonly resumed: string[];
  /** Each GET of a file whose name ends so meets the next of its faults; the last one stays if `always`. */
  readonly faults: Map<string, { readonly faults: Fault[]; readonly always?: boolean }>;
  stop(): Promise<void>;
}

/** Serves the files of a folder on loopback, ranges too, and spoils what it is told to; under TLS where a certificate is given. */
export async function startFaultServer(
  folder: string,
  certificate?: Certificate,
): Promise<FaultServer> {
  const requests: string[] = [];
  const resumed: string[] = [];
  const connections = new Set<unknown>();
  const faults: FaultServer["faults"] = new Map();
  const { endpoint, stop } = await startHttpServer(async (request, response) => {
    const name = basename(new URL(request.url ?? "/", "http://x").pathname);
    let fault: Fault | undefined;
    if (request.method === "GET") {
      requests.push(name);
      connections.add(request.socket);
      if (request.headers.range !== undefined) resumed.push(name);
      fault = nextFault(faults, name);
    }
    await answer(join(serving.folder, name), fault, request, response);
  }, certificate);
  const serving: FaultServer = {
    origin: endpoint,
    folder,
    requests,
    connections,
    resumed,
    faults,
    stop,
  };
  return serving;
}

function nextFault(faults: FaultServer["faults"], name: string): Fault | undefined {
  for (const [ending, planned] of faults) {
    if (!name.endsWith(ending)) continue;
    return planned.always === true ? planned.faults[0] : planned.faults.shift();
  }
  return undefined;
}

async function answer(
  file: string,
  fault: Fault | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (fault !== undefined && "status" in fault) {
    response.writeHead(fault.status).end(fault.body ?? "<Error/>");
    return;
  }
  if (fault !== undefined && "hang" in fault) return;
  if (fault !== undefined && "until" in fault) {
    while (!(await fault.until()) && !response.destroyed) await sleep(10);
  }
  const source =
    fault !== undefined && "insteadSend" in fault ? join(file, "..", fault.insteadSend) : file;
  const whole = await readFile(source).catch(() => undefined);
  if (whole === undefined) {
    response.writeHead(404).end("<Error/>");
    return;
  }
  const bytes = fault === undefined ? whole : spoil(whole, fault);
  const from = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
  if (from >= bytes.length && from > 0) {
    response.writeHead(416).end();
    return;
  }
  const body = bytes.subarray(from);
  const range =
    from > 0 ? { "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {};
  response.writeHead(from > 0 ? 206 : 200, { "content-length": body.length, ...range });
  if (fault !== undefined && "stallAfter" in fault) {
    response.write(body.subarray(0, fault.stallAfter));
    return;
  }
  if (fault !== undefined && "cutAfter" in fault) {
    response.write(body.subarray(0, fault.cutAfter), () => response.destroy());
    return;
  }
  response.end(request.method === "HEAD" ? undefined : body);
}

function spoil(bytes: Buffer, fault: Fault): Buffer {
  if ("truncateTo" in fault) return bytes.subarray(0, fault.truncateTo);
  if (!("flipBitAt" in fault)) return bytes;
  const spoiled = Buffer.from(bytes);
  spoiled[fault.flipBitAt] = (spoiled[fault.flipBitAt] ?? 0) ^ 1;
  return spoiled;
}

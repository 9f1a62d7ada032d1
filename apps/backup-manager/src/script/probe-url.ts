import type { IncomingMessage } from "node:http";
import { createRequester, type Requester } from "@backuppc-archive-s3/s3-transport";
import { ManagerError } from "../manager-error.ts";

export interface ProbeOptions {
  /** That asks; a straight connection unless given. */
  readonly requester?: Requester;
  /** Milliseconds; half a minute unless given. */
  readonly timeout?: number;
}

/**
 * Asks for one byte of the URL, so that a script whose URLs the store refuses is
 * found out today and not in the disaster.
 *
 * @throws {ManagerError} code `probe-failed`
 */
export async function probeUrl(url: string, options: ProbeOptions = {}): Promise<void> {
  const { requester = createRequester(1), timeout = HALF_A_MINUTE } = options;
  const { protocol, host, hostname, port, pathname, search } = new URL(url);
  const signal = AbortSignal.timeout(timeout);
  const response = await requester
    .send(
      {
        protocol,
        hostname,
        ...(port !== "" && { port: Number(port) }),
        method: "GET",
        path: pathname + search,
        headers: { host, range: "bytes=0-0" },
        body: undefined,
      },
      signal,
    )
    .catch((cause: unknown) => {
      throw probeFailed(reason(cause), cause, hintOf(cause));
    });
  const { statusCode: status = 0 } = response;
  const isWell = status >= 200 && status < 300;
  const code = isWell ? undefined : await codeIn(response);
  response.destroy();
  if (isWell) return;
  const why = `${status}${code === undefined ? "" : ` ${code}`}`;
  throw probeFailed(why, undefined, HINTS[code ?? ""]);
}

/** The store's name for what is wrong, if it says one. */
async function codeIn(response: IncomingMessage): Promise<string | undefined> {
  let text = "";
  response.setEncoding("utf8");
  try {
    for await (const piece of response) {
      text += String(piece);
      if (text.length > LONGEST) break;
    }
  } catch {
    // What came of it may still say it.
  }
  return /<Code>(\w+)<\/Code>/.exec(text)?.[1];
}

/** Characters: a portal's page may have no end. */
const LONGEST = 65_536;

const HINTS: Readonly<Record<string, string>> = {
  InvalidObjectState:
    "The chunks are in cold storage (Glacier): have them thawed first (aws s3api restore-object), then ask again.",
};

/** Milliseconds. */
const HALF_A_MINUTE = 30_000;

/** What an aborted request says is why it was. The URL is a secret, and in neither. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === "AbortError" && error.cause instanceof Error
    ? error.cause.message
    : error.message;
}

function hintOf(error: unknown): string | undefined {
  const isOfProxy = error instanceof Error && error.name.startsWith("Proxy");
  return isOfProxy ? "Check https_proxy, http_proxy and no_proxy in the environment." : undefined;
}

function probeFailed(why: string, cause?: unknown, hint: string = HINT): ManagerError {
  return new ManagerError("probe-failed", `a URL of the script does not work: ${why}`, hint, cause);
}

const HINT =
  "The credentials need the right to GetObject, and the configuration the store's region and endpoint; `script --no-probe` skips this.";

import { ManagerError } from "../manager-error.ts";

/**
 * Asks for one byte of the URL, so that a script whose URLs the store refuses is
 * found out today and not in the disaster.
 *
 * @throws {ManagerError} code `probe-failed`
 */
export async function probeUrl(url: string, timeout: number = HALF_A_MINUTE): Promise<void> {
  const response = await fetch(url, {
    headers: { range: "bytes=0-0" },
    signal: AbortSignal.timeout(timeout),
  }).catch((cause: unknown) => {
    throw probeFailed(reason(cause), cause);
  });
  if (response.ok) {
    await response.body?.cancel();
    return;
  }
  const code = /<Code>(\w+)<\/Code>/.exec(await response.text().catch(() => ""))?.[1];
  throw probeFailed(
    `${response.status}${code === undefined ? "" : ` ${code}`}`,
    undefined,
    HINTS[code ?? ""],
  );
}

const HINTS: Readonly<Record<string, string>> = {
  InvalidObjectState:
    "The chunks are in cold storage (Glacier): have them thawed first (aws s3api restore-object), then ask again.",
};

/** Milliseconds. */
const HALF_A_MINUTE = 30_000;

/** fetch says "fetch failed", and why in the cause. The URL is a secret, and in neither. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function probeFailed(why: string, cause?: unknown, hint: string = HINT): ManagerError {
  return new ManagerError("probe-failed", `a URL of the script does not work: ${why}`, hint, cause);
}

const HINT =
  "The credentials need the right to GetObject, and the configuration the store's region and endpoint; --no-probe skips this.";

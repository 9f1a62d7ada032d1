import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import type { HeldHost } from "../state/host-state.ts";
import { count } from "../text/count.ts";
import { errorLine } from "../text/error-line.ts";
import { printable } from "../text/printable.ts";

/** The lost chunks of a host, and whether archive-host knows of it. */
export interface LostChunks {
  readonly host: string;
  /** Names below `chunks/<host>/`. */
  readonly chunks: readonly string[];
  /** How many were struck from the chunk index; undefined where it is not at hand. */
  readonly struck: number | undefined;
}

/** Strikes lost chunks from the host's chunk index, so that the next archive uploads them again; reports it. */
export async function strikeLost(
  host: string,
  chunks: readonly string[],
  site: Site,
  output: Output,
): Promise<LostChunks> {
  const what = `${printable(host)}: ${count(chunks.length, "chunk")} lost or damaged`;
  try {
    const state = await site.lockHost(host);
    const struck = state.kind === "held" ? await strike(state.lock, chunks) : undefined;
    output.note(`${what}. ${REMEDIES[state.kind]}`);
    return { host, chunks, struck };
  } catch (error) {
    // What was found is worth more.
    output.note(`${what}, and archive-host does not know of it: ${errorLine(error)}`);
    return { host, chunks, struck: undefined };
  }
}

async function strike(lock: HeldHost, chunks: readonly string[]): Promise<number> {
  try {
    return await lock.strike(chunks);
  } finally {
    await lock.release();
  }
}

const REMEDIES = {
  held: "The next archive uploads again what it still needs.",
  busy: "The host is being archived: run verify again afterwards to have lost chunks uploaded again.",
  elsewhere:
    "Run verify on the BackupPC server to have lost chunks uploaded again: `stateDirectory` is not on this machine.",
} as const;

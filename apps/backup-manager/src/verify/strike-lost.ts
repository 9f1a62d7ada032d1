import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { count } from "../text/count.ts";
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
  const state = await site.lockHost(host);
  const what = `${printable(host)}: ${count(chunks.length, "chunk")}`;
  if (state.kind !== "held") {
    output.note(`${what} lost or damaged. ${REMEDIES[state.kind]}`);
    return { host, chunks, struck: undefined };
  }
  try {
    const struck = await state.lock.strike(chunks);
    output.note(`${what} lost or damaged. The next archive uploads again what it still needs.`);
    return { host, chunks, struck };
  } finally {
    await state.lock.release();
  }
}

const REMEDIES = {
  busy: "The host is being archived: run verify again afterwards to have lost chunks uploaded again.",
  elsewhere:
    "Run verify on the BackupPC server to have lost chunks uploaded again: `stateDirectory` is not on this machine.",
} as const;

import type { Say } from "../say.ts";
import { type Command, type Measurement, measuredRun } from "./measured-run.ts";

/** One of those that are compared. */
export interface Contender {
  readonly name: string;
  /** Made anew for each run: folders, repositories. Not measured. */
  readonly prepare: (run: number) => Promise<Command>;
  /** Puts away what a run stored. Not measured. */
  readonly putAway?: () => Promise<void>;
}

export interface Result {
  readonly name: string;
  /** One for each round. */
  readonly runs: readonly Measurement[];
}

/** Runs all in turn, A B A B …, after a warm-up of each that does not count. */
export async function inTurn(
  contenders: readonly Contender[],
  rounds: number,
  say: Say,
): Promise<readonly Result[]> {
  const results = contenders.map((contender) => {
    const runs: Measurement[] = [];
    return { contender, runs };
  });
  for (let round = 0; round <= rounds; round += 1) {
    for (const { contender, runs } of results) {
      const measured = await measuredRun(await contender.prepare(round));
      await contender.putAway?.();
      const label = round === 0 ? "warm-up" : `${round} of ${rounds}`;
      say(`${contender.name}, ${label}: ${measured.seconds.toFixed(2)} s`);
      if (round > 0) runs.push(measured);
    }
  }
  return results.map(({ contender, runs }) => ({ name: contender.name, runs }));
}

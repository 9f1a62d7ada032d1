import fc from "fast-check";
import { inputs } from "./inputs.ts";
import { unsoundness } from "./unsoundness.ts";

/** A parser that is given anything. */
export interface FuzzedParser {
  /** Valid inputs, which are changed; the parser takes each of them. */
  readonly samples: readonly (Uint8Array | string)[];
  /** Reads one input. What it gives may hold no number, date or prototype that nobody can mean. */
  readonly parse: (input: Uint8Array) => unknown;
  /** The errors by which the parser refuses an input. */
  readonly refusals: readonly (abstract new (...args: never[]) => Error)[];
}

/** How a parser answered. */
export interface FuzzTally {
  readonly inputs: number;
  readonly accepted: number;
  readonly refused: number;
}

/** Inputs of a run that does not say how many. */
const SAMPLE = 300;
/** The same inputs each time. */
const SEED = 11;

/**
 * Gives a parser valid, changed and random inputs, as many as `FUZZ_RUNS` says, else 300.
 *
 * @returns how many it took
 * @throws {Error} if it throws anything but its refusals, gives what is not sound, or refuses a sample
 */
export async function fuzz(parser: FuzzedParser): Promise<FuzzTally> {
  const samples = parser.samples.map((sample) => new Uint8Array(Buffer.from(sample)));
  for (const sample of samples) {
    if (!(await isTaken(parser, sample))) throw new Error(`refused: ${preview(sample)}`);
  }
  const tally = { inputs: 0, accepted: 0, refused: 0 };
  const numRuns = Number(process.env["FUZZ_RUNS"] ?? SAMPLE);
  await fc.assert(
    fc.asyncProperty(inputs(samples), async (input) => {
      tally.inputs++;
      if (await isTaken(parser, input)) tally.accepted++;
      else tally.refused++;
    }),
    { numRuns, seed: SEED },
  );
  return tally;
}

/** Whether the parser gives something; an error that is no refusal is thrown on. */
async function isTaken({ parse, refusals }: FuzzedParser, input: Uint8Array): Promise<boolean> {
  let parsed: unknown;
  try {
    parsed = await parse(Uint8Array.from(input));
  } catch (error) {
    if (refusals.some((refusal) => error instanceof refusal)) return false;
    throw error;
  }
  const why = unsoundness(parsed);
  if (why !== undefined) throw new Error(`${why}, from: ${preview(input)}`);
  return parsed !== undefined;
}

function preview(input: Uint8Array): string {
  return JSON.stringify(Buffer.from(input).toString("latin1").slice(0, 500));
}

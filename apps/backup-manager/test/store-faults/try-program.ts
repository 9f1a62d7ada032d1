import { storeScript } from "@backuppc-archive-s3/test-rig";
import type { Program } from "./every-program.ts";
import type { FaultSite } from "./fault-site.ts";
import type { Row } from "./faults.ts";
import type { Seen } from "./page.ts";
import type { Ended } from "./programs.ts";

/** Cases that are tried at a time. */
const AT_ONCE = 4;

/** Once: the first request of each kind that the rule matches. Always: each of them. */
type Times = "once" | "always";

interface Case {
  readonly row: Row;
  readonly times: Times;
}

/** What a program did under each fault, and what of that is wrong. */
export interface Tried {
  readonly seen: readonly Seen[];
  readonly wrong: readonly string[];
}

/**
 * Tries a program with each fault, once and always: it must do all that it does without the fault, or end with one
 * clear line, and lose no archive.
 */
export async function tryProgram(
  site: FaultSite,
  program: Program,
  rows: readonly Row[],
): Promise<Tried> {
  const good = await attempt(site, program);
  const cases = rows.flatMap((row): Case[] => [
    { row, times: "once" },
    { row, times: "always" },
  ]);
  const seen: Seen[] = [];
  const wrong = [...wrongIn(program, good, good, undefined)];
  const tryCase = async (one: Case): Promise<void> => {
    const { what } = one.row;
    try {
      const tried = await attempt(site, program, one);
      for (const why of wrongIn(program, tried, good, one))
        wrong.push(`${what}, ${one.times}: ${why}`);
      const right = isSame(tried, good);
      seen.push({ program: program.name, what, times: one.times, right, ...tried.ended });
    } catch (error) {
      wrong.push(`${what}, ${one.times}: ${String(error)}`);
    }
  };
  await inParallel(cases, tryCase);
  return { seen, wrong };
}

/** How a program ended, and what it left. */
interface Attempt {
  readonly ended: Ended;
  readonly keys: string;
  /** Archives that are listed as complete, each read to its last byte. */
  readonly complete: number;
  /** Requests that the fault struck. */
  readonly struck: number;
}

function* wrongIn(
  { complete }: Program,
  tried: Attempt,
  good: Attempt,
  one: Case | undefined,
): Generator<string> {
  const { status, line } = tried.ended;
  if (one === undefined && status !== 0) yield `without a fault it ends with ${status}: ${line}`;
  if (one !== undefined && tried.struck === 0) yield "the fault has struck nothing";
  if (!complete(status === 0).includes(tried.complete))
    yield `${tried.complete} archives are complete: ${line}`;
  if (isSame(tried, good) || one?.row.unseen === true) return;
  if (status === 0 || status === NOT_DONE) yield `it ends with 0, and has not done all: ${line}`;
  if (!/\S+ .*[.)\w\x60]$/.test(line)) yield `it says nothing clear: ${JSON.stringify(line)}`;
}

let buckets = 0;

/** Without a fault where no case is given. */
async function attempt(
  site: FaultSite,
  { begin, prepare, run, isRight }: Program,
  one?: Case,
): Promise<Attempt> {
  const place = await site.begin(`case-${++buckets}`, begin);
  const prepared = await prepare?.(place);
  if (prepared !== undefined && prepared.status !== 0) throw new Error(prepared.line);
  const script = storeScript(one === undefined ? [] : rulesOf(one.row, one.times));
  place.strike(script);
  const ended = await run(place, site);
  const keys = (await place.keys()).map(withoutChance).join("\n");
  const complete = await place.complete();
  const isDone = ended.status !== 0 || (await isRight?.(place, site)) !== false;
  const status = isDone ? ended.status : NOT_DONE;
  return { ended: { ...ended, status }, keys, complete, struck: script.struck() };
}

/** It ended with 0, and did not do what it should. */
const NOT_DONE = -1;

function rulesOf({ rule }: Row, times: Times): Parameters<typeof storeScript>[0] {
  if (times === "always") return [rule];
  const operations =
    rule.operation === undefined ? (["list", "get", "delete"] as const) : [rule.operation];
  if (rule.operation !== "put")
    return operations.map((operation) => ({ ...rule, operation, times: 1 }));
  // One of each kind of record, and a chunk.
  return ["started", "chunks/", "manifest", "archive.json", "complete."].map((part) => ({
    ...rule,
    key: new RegExp(part.replace(".", "\\.")),
    times: 1,
  }));
}

function isSame(one: Attempt, other: Attempt): boolean {
  return (
    one.ended.status === other.ended.status &&
    withoutChance(one.ended.result) === withoutChance(other.ended.result) &&
    one.keys === other.keys
  );
}

/** Without what differs from run to run. */
function withoutChance(text: string): string {
  return text
    .replaceAll(/\d{8}T\d{6}Z-[0-9a-f]+/g, "<attempt>")
    .replaceAll(/[0-9A-F]{40}/g, "<fingerprint>")
    .replaceAll(/canary\.[0-9a-f.]+/g, "canary")
    .replaceAll(/case-\d+/g, "case")
    .replaceAll(/\d\d:\d\d(:\d\d)?/g, "<time>");
}

/** Some at a time. */
async function inParallel<Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await act(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

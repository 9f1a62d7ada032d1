import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { S3Failure } from "@backuppc-archive-s3/test-rig";
import { expect } from "vitest";
import { LEFT_BEHIND, type Running, type Site, start } from "./site.ts";
import { untilAllHaveEnded } from "./until-all-have-ended.ts";

/** What the runs have come to. */
export interface Cancelled {
  /** Runs that were cancelled once they spoke. */
  readonly interrupted: number;
  /** Milliseconds from the cancel to the end, at most. */
  readonly slowest: number;
}

/** Names of signals by which an archive is cancelled. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Beside it in its process group, as BackupPC is, to see whether a signal goes astray. */
const WITH_BYSTANDER = 'sleep 600 <&- >&- 2>&- & echo "bystander $!"; exec "$@"';

/**
 * Runs the archive of one backup again and again and cancels it at moments that the seed tells, often with a failure of
 * the store on top. Each must end with its reason alone and leave nothing behind that runs or is marked; the last
 * run, which is left in peace, must make the archive whole.
 */
export async function cancelAtRandom(site: Site, seed: number, runs: number): Promise<Cancelled> {
  const random = numbersFrom(seed);
  const command = site.command({ 6: random() < 0.5 ? "/bin/bzip2" : "/bin/cat" });
  let interrupted = 0;
  let slowest = 0;
  for (let run = 0; run < runs; run++) {
    failAtRandom(site, random);
    const running = start(["sh", "-c", WITH_BYSTANDER, "sh", ...command], site.environment());
    const [, bystander] = (await running.said(/^bystander \d+$/)).split(" ");
    slowest = Math.max(slowest, await cancelled(running, random));
    process.kill(Number(bystander), "SIGKILL");
    const amiss = [...(await amissIn(running)), ...(await untilAllHaveEnded(site.folder))];
    expect({ run, amiss }).toEqual({ run, amiss: [] });
    if ((await running.ended) === 130) interrupted += 1;
  }
  site.fault = () => undefined;
  const last = start(command, site.environment());
  expect([await last.ended, ...(await amissIn(last))]).toEqual([0]);
  expect(await site.statuses()).toContain("complete");
  const left = [...(await site.leftBehind()).keys()].map((file) => basename(file));
  expect(left.toSorted()).toEqual(LEFT_BEHIND);
  return { interrupted, slowest };
}

/** Cancels at some moment, once or twice. Gives the milliseconds from then to the end. */
async function cancelled({ child, ended }: Running, random: () => number): Promise<number> {
  await Promise.race([sleep(1400 * random()), ended]);
  const since = performance.now();
  child.kill(SIGNALS[Math.floor(3 * random())]);
  if (random() < 0.3) {
    await Promise.race([sleep(100 * random()), ended]);
    child.kill("SIGTERM");
  }
  await ended;
  return performance.now() - since;
}

// The warning is because this BackupPC_tarCreate is not BackupPC's. Where the store cuts off the answer for a canary and the run
// is cancelled, the next one says that it uploads all anew.
const KNOWN =
  /^(bystander|archiving|Done:|progress:|archived|warning: BackupPC's record of|all chunks are uploaded anew: an answer of the store was lost) ?/;
const ENDS = /^archived\b/;

/** Lines that nobody should see, and an end that does not fit the last line. */
async function amissIn({ lines, ended }: Running): Promise<string[]> {
  const status = await ended;
  const amiss = lines
    .slice(0, status === 0 ? undefined : -1)
    .filter((line) => !KNOWN.test(line) || /damaged/.test(line));
  amiss.push(...lines.slice(0, -1).filter((line) => ENDS.test(line)));
  const last = lines.at(-1) ?? "";
  const fits = [
    status === 0 && last.startsWith("archived "),
    status === 1 && !KNOWN.test(last),
    status === 130 && last.startsWith("Interrupted ("),
    // Node was not up yet: nobody has said anything, and nothing was begun.
    typeof status === "string" && !/archiving|failed|archived/.test(lines.join("\n")),
  ];
  return fits.includes(true) ? amiss : [...amiss, `ended with ${status}: ${last}`];
}

function failAtRandom(site: Site, random: () => number): void {
  const chance = random() < 0.5 ? 0.1 : 0;
  site.fault = ({ method }) => {
    if (method !== "PUT" || random() >= chance) return undefined;
    if (random() < 0.4) return "cut";
    return random() < 0.5 ? "hang" : new S3Failure(403, "AccessDenied", "Access denied.");
  };
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

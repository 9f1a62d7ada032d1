// Several processes that archive, delete, collect and verify at the same time, and are stopped, continued and killed at random,
// while days pass. Whatever is listed as complete must restore by its script.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import { StoreError } from "@backuppc-archive-s3/s3-transport";
import { listTree, writeTarCreate } from "@backuppc-archive-s3/test-rig";
import { type AttackSite, DAY, type Ended, type How, openAttackSite } from "./attack-site.ts";
import { Chance } from "./chance.ts";

const MANAGER = fileURLToPath(new URL("../../dist/backup-manager.mjs", import.meta.url));
const HOSTS = ["merlin", "radagast"];

export interface StressReport {
  /** How often each thing was done. */
  readonly counts: Readonly<Record<string, number>>;
  /** What was listed as complete and did not come back, with the words of what failed. */
  readonly lost: readonly string[];
  /** What was done, in order, for whoever looks for a cause. */
  readonly log: readonly string[];
}

/** @param seed decides what is done, though not which process is quicker */
export async function stress(seed: number, milliseconds: number): Promise<StressReport> {
  const site = await openAttackSite();
  try {
    return await new Stress(site, new Chance(seed), milliseconds).run();
  } finally {
    await site.close();
  }
}

class Stress {
  readonly #site: AttackSite;
  readonly #chance: Chance;
  readonly #end: number;
  readonly #counts: Record<string, number> = {};
  readonly #lost: string[] = [];
  readonly #log: string[] = [];
  /** The tree of each archive, by host and number. */
  readonly #trees = new Map<string, string[]>();
  /** By host: archives it once more, undisturbed. */
  readonly #last = new Map<string, () => Promise<void>>();
  /** URLs expire: no day passes while a script runs. */
  #restoring = false;
  #isOver = false;
  /** Nothing else changes the store any more. */
  #isAlone = false;

  constructor(site: AttackSite, chance: Chance, milliseconds: number) {
    this.#site = site;
    this.#chance = chance;
    this.#end = performance.now() + milliseconds;
  }

  async run(): Promise<StressReport> {
    const actors = HOSTS.map(async (host) => await this.#archiveAgain(host, this.#chance.branch()));
    actors.push(this.#manageAgain("server", this.#chance.branch()));
    actors.push(this.#manageAgain("manager", this.#chance.branch()));
    actors.push(
      this.#letDaysPass(this.#chance.branch()),
      this.#restoreAgain(this.#chance.branch()),
    );
    const stopped = actors.map(async (actor) => await actor.finally(() => (this.#isOver = true)));
    // All of them, before the store goes.
    for (const outcome of await Promise.allSettled(stopped))
      if (outcome.status === "rejected") throw outcome.reason;
    for (const archive of this.#last.values()) await archive();
    this.#isAlone = true;
    await this.#restoreAll();
    return { counts: this.#counts, lost: this.#lost, log: this.#log };
  }

  get #goesOn(): boolean {
    return !this.#isOver && performance.now() < this.#end && this.#lost.length === 0;
  }

  /** Days may pass between a request and the next, and each time the clock is corrected anew. */
  async #complete(host: string, tries = 5): Promise<ArchiveSummary[]> {
    try {
      return await this.#site.complete(host);
    } catch (error) {
      const isClock = error instanceof StoreError && error.code === "clock";
      if (!isClock || tries === 1) throw error;
      return await this.#complete(host, tries - 1);
    }
  }

  #did(what: string, detail = ""): void {
    this.#counts[what] = (this.#counts[what] ?? 0) + 1;
    this.#log.push(`day ${(this.#site.passed / DAY).toFixed(1)}: ${what} ${detail}`.trimEnd());
  }

  async #archiveAgain(host: string, chance: Chance): Promise<void> {
    const tree = join(this.#site.folder, `tree-${host}`);
    const tarCreate = join(this.#site.folder, `tar-create-${host}`);
    await mkdir(tree);
    for (const name of FILES) await writeFile(join(tree, name), bytesOf(chance));
    await writeTarCreate(tarCreate, tree);
    for (let number = 1; this.#goesOn; number++) {
      await writeFile(join(tree, chance.of(FILES)), bytesOf(chance));
      this.#trees.set(`${host} ${number}`, await listTree(tree));
      // The first is left alone, so that there is something to lose.
      const disturbed = this.#disturb(chance, number === 1 ? 0 : 0.3);
      const ended = await this.#site.archive(host, number, { tarCreate, ...disturbed.how });
      await disturbed.ended();
      this.#did(`archive ended with ${ended.status}`, `${host} ${number}: ${lastLine(ended)}`);
    }
    this.#last.set(host, async () => {
      this.#trees.set(`${host} ${LAST}`, await listTree(tree));
      const { status } = await this.#site.archive(host, LAST, { tarCreate });
      this.#did(`archive ended with ${status}`, `${host} ${LAST}`);
    });
  }

  async #manageAgain(who: "server" | "manager", chance: Chance): Promise<void> {
    while (this.#goesOn) {
      const args = this.#command(chance);
      const disturbed = this.#disturb(chance, 0.2);
      const command = [process.execPath, MANAGER, ...args];
      const ended = await this.#site.run(who, command, disturbed.how);
      await disturbed.ended();
      const detail = `on the ${who}: ${args.join(" ")}: ${lastLine(ended)}`;
      this.#did(`${args[0]} ended with ${ended.status}`, detail);
      await sleep(chance.between(0, 500));
    }
  }

  #command(chance: Chance): readonly string[] {
    const host = chance.of(["merlin", "radagast"]);
    const number = String(Math.floor(chance.between(1, 12)));
    return chance.of([
      ["gc"],
      ["gc", "-H", host],
      ["verify", "-H", host],
      ["verify", "-H", host, "--data", "50"],
      ["delete", "--age", "2", "--keep", "2"],
      ["delete", "--age", "0", "--keep", "1"],
      ["delete", "-H", host, "-b", number],
    ]);
  }

  /** Kills a process, or stops it for a while in which days may pass, at a moment of chance. */
  #disturb(
    chance: Chance,
    probability: number,
  ): { readonly how: How; readonly ended: () => Promise<void> } {
    const [kills, stops] = [chance.is(probability), chance.is(probability)];
    const [delay, pause] = [chance.between(0, 3000), chance.between(100, 3000)];
    const controller = new AbortController();
    const { signal } = controller;
    let disturbing = Promise.resolve();
    const onStart = (pid: number): void => {
      disturbing = this.#trouble(pid, { kills, stops, delay, pause, signal });
    };
    return {
      how: { onStart },
      ended: async () => {
        controller.abort();
        await disturbing;
      },
    };
  }

  /** @param trouble its signal says that the process has ended */
  async #trouble(pid: number, { kills, stops, delay, pause, signal }: Trouble): Promise<void> {
    await sleep(delay, undefined, { signal }).catch(() => {});
    if (signal.aborted || !(kills || stops)) return;
    if (stops) {
      if (!signals(pid, "SIGSTOP")) return;
      this.#did("stop and continue");
      // A stopped process does not end: the signal can't come here.
      await sleep(pause);
      signals(pid, "SIGCONT");
    }
    if (!kills || signal.aborted) return;
    if (signals(pid, "SIGKILL")) this.#did("kill");
  }

  async #letDaysPass(chance: Chance): Promise<void> {
    while (this.#goesOn) {
      await sleep(chance.between(1000, 12_000));
      if (this.#restoring) continue;
      this.#site.passed += chance.between(0, chance.is(0.1) ? 12 : 2) * DAY;
      this.#did("days pass");
    }
  }

  async #restoreAgain(chance: Chance): Promise<void> {
    while (this.#goesOn) {
      await sleep(chance.between(500, 3000));
      const [first, ...others] = await this.#complete(chance.of(["merlin", "radagast"]));
      if (first !== undefined) await this.#restore(chance.of([first, ...others]));
    }
  }

  async #restoreAll(): Promise<void> {
    for (const host of HOSTS)
      for (const archive of await this.#complete(host)) await this.#restore(archive);
  }

  async #restore({ id }: ArchiveSummary): Promise<void> {
    const { host, number, attempt } = id;
    this.#restoring = true;
    const { script, run, target } = await this.#site.restore(host, number, ["--attempt", attempt]);
    this.#restoring = false;
    const trees = [await listTree(target).catch(() => []), this.#trees.get(`${host} ${number}`)];
    await rm(target, { recursive: true, force: true });
    const isSame = JSON.stringify(trees[0]) === JSON.stringify(trees[1]);
    if (run?.status === 0 && isSame) return this.#did("restore", `${host} ${number}`);
    const still = (await this.#complete(host)).some((other) => other.id.attempt === attempt);
    // What was deleted meanwhile is gone, not lost.
    if (!still) return this.#did("deleted while it was restored", `${host} ${number}`);
    if (!this.#isAlone && SHRINKING.test(script.stderr))
      return this.#did("asked again later, since others delete", `${host} ${number}`);
    this.#lost.push(`${host} ${number}, ${attempt}: ${wordsOf(script)}${wordsOf(run)}`);
  }
}

interface Trouble {
  readonly kills: boolean;
  readonly stops: boolean;
  /** Milliseconds. */
  readonly delay: number;
  readonly pause: number;
  readonly signal: AbortSignal;
}

/** What a command says whose lists each have less than the one before. */
const SHRINKING = /lists of the same records each lack some of the one before/;

/** Number of the archive that is made last. */
const LAST = 1_000_000;

const FILES = ["a", "b", "c", "d", "e"] as const;

/** A megabyte that does not compress, and may be one that was there before. */
function bytesOf(chance: Chance): Buffer {
  const bytes = Buffer.alloc(1_100_000);
  const few = new Chance(Math.floor(chance.between(0, 12)));
  for (let at = 0; at < bytes.length; at += 4)
    bytes.writeUInt32LE(Math.floor(few.between(0, 4_294_967_296)), at);
  return bytes;
}

/** @returns whether the process was there */
function signals(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

function lastLine({ stdout, stderr }: Ended): string {
  return `${stdout}${stderr}`.trimEnd().split("\n").at(-1) ?? "";
}

function wordsOf(ended: Ended | undefined): string {
  return ended === undefined ? "" : `ended with ${ended.status}: ${ended.stderr}\n`;
}

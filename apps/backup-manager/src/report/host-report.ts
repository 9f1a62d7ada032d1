import {
  assess,
  type Head,
  type Inventory,
  type ListedAttempt,
} from "@backuppc-archive-s3/backup-catalog";
import type { HostPlan, Planned } from "../delete/delete-plan.ts";
import type { HostDrills } from "../drill/drill-record.ts";
import { lastDrillJson } from "../json/last-drill.ts";
import { timeOf } from "../list/archives-of-hosts.ts";
import { KeptChunks } from "./kept-chunks.ts";
import type { ReportHost } from "./report-json.ts";

type KeptHead = Pick<Head, "keeps" | "holdUntil">;

/** What the page says of a host. @param plan what `delete` would do */
export function hostReport(
  { host, archives, inventory }: HostPlan,
  drills: HostDrills | undefined,
): ReportHost {
  const good = goodAttempts(inventory);
  const shown = archives
    .filter(({ archive }) => !archive.deleted)
    .toSorted((a, b) => a.archive.started.getTime() - b.archive.started.getTime());
  const newest = shown.findLast(({ archive }) => good.has(nameOf(archive.id)));
  return {
    host,
    newestGood: newest === undefined ? null : new Date(timeOf(newest.archive)).toISOString(),
    drill: drills === undefined ? null : lastDrillJson(drills),
    storedBytes: sum((inventory?.chunks ?? []).map(({ length }) => length)),
    archives: shown.map((planned) => archiveReport(planned, good.has(nameOf(planned.archive.id)))),
    ...deletion(shown, inventory),
  };
}

function archiveReport(
  { archive, action, why }: Planned,
  good: boolean,
): ReportHost["archives"][number] {
  const { id, started, status, storedBytes = null, newBytes = null } = archive;
  const { number, attempt } = id;
  return {
    number,
    attempt,
    started: started.toISOString(),
    status,
    good,
    storedBytes,
    newBytes,
    action,
    why,
  };
}

/** What the next `delete` takes, and what earlier ones have left to a later `gc`. */
function deletion(
  shown: readonly Planned[],
  inventory: Inventory | undefined,
): Pick<ReportHost, "nextDelete" | "held"> {
  const going = new Set(
    shown.filter(({ action }) => action === "delete").map(({ archive }) => nameOf(archive.id)),
  );
  const listed = new Set(shown.map(({ archive }) => nameOf(archive.id)));
  const heads = (inventory?.attempts ?? []).flatMap((attempt) => {
    const head = headOf(attempt);
    return head === undefined ? [] : [{ name: nameOf(attempt.id), head }];
  });
  const of = (isIn: (name: string) => boolean): KeptHead[] =>
    heads.filter(({ name }) => isIn(name)).map(({ head }) => head);
  const staying = new KeptChunks(of((name) => listed.has(name) && !going.has(name)));
  const [goingHeads, deleted] = [of((name) => going.has(name)), of((name) => !listed.has(name))];
  const goes = new KeptChunks(goingHeads);
  const held = new KeptChunks(deleted);
  const free = (inventory?.chunks ?? []).filter((chunk) => !staying.has(chunk));
  const bytes = sum(free.filter((chunk) => goes.has(chunk)).map(({ length }) => length));
  const rest = free.filter((chunk) => !goes.has(chunk) && held.has(chunk));
  return {
    nextDelete: { archives: going.size, bytes, heldUntil: lastHold(goingHeads) },
    held: {
      bytes: sum(rest.map(({ length }) => length)),
      until: rest.length === 0 ? null : lastHold(deleted),
    },
  };
}

function headOf({ head }: ListedAttempt): KeptHead | undefined {
  return head?.state === "read" ? head.head : undefined;
}

function lastHold(heads: readonly KeptHead[]): string | null {
  return (
    heads
      .map(({ holdUntil }) => holdUntil)
      .toSorted()
      .at(-1) ?? null
  );
}

/** Complete, verified and undamaged. */
function goodAttempts(inventory: Inventory | undefined): ReadonlySet<string> {
  const facts = inventory === undefined ? [] : assess(inventory);
  return new Set(
    facts
      .filter(
        ({ status, trust, damaged, ambiguous }) =>
          status === "complete" && trust === "verified" && !damaged && !ambiguous,
      )
      .map(({ id }) => nameOf(id)),
  );
}

function nameOf({
  number,
  attempt,
}: {
  readonly number: number;
  readonly attempt: string;
}): string {
  return `${number} ${attempt}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

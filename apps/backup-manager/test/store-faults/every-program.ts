import { join } from "node:path";
import { listTree } from "@backuppc-archive-s3/test-rig";
import type { FaultSite, Place } from "./fault-site.ts";
import { ARCHIVING, LISTING, READING, RESTORING, type Row } from "./faults.ts";
import { archive, type Ended, manage, restore } from "./programs.ts";

/** Archives of the template. */
const ARCHIVES = 3;
/** A program, and what it is tried with. */
export interface Program {
  readonly name: string;
  readonly rows: readonly Row[];
  readonly begin: "archives" | "empty";
  readonly prepare?: (place: Place) => Promise<Ended>;
  readonly run: (place: Place, site: FaultSite) => Promise<Ended>;
  /** What may be complete afterwards, by whether it succeeded. */
  readonly complete: (succeeded: boolean) => readonly number[];
  /** Whether a run did all that it should: what is on the store is compared by itself. */
  readonly isRight?: (place: Place, site: FaultSite) => Promise<boolean>;
}

const manager = (name: string, args: readonly string[], rows = READING): Program => ({
  name: `backup-manager ${name}`,
  rows,
  begin: "archives",
  run: async (place) =>
    await manage(
      place,
      args.map((arg) => arg.replace("FOLDER", place.folder)),
    ),
  complete: () => (name === "delete" ? [ARCHIVES - 1, ARCHIVES] : [ARCHIVES]),
});

export const PROGRAMS: readonly Program[] = [
  {
    name: "archive-host",
    rows: ARCHIVING,
    begin: "empty",
    run: async (place, site) => await archive(site, place),
    // The marker may be stored though its answer is lost.
    complete: (succeeded) => (succeeded ? [1] : [0, 1]),
  },
  manager("list", ["list"], LISTING),
  manager("verify", ["verify", "--data"]),
  manager("delete", ["delete", "--age", "30", "--keep", "1"]),
  manager("gc", ["gc"]),
  manager("script", ["script", "-H", "gandalf", "-f", "FOLDER/restore.sh"]),
  {
    name: "restore script",
    rows: RESTORING,
    begin: "archives",
    prepare: async (place) =>
      await manage(place, ["script", "-H", "gandalf", "-f", join(place.folder, "restore.sh")]),
    run: async (place) => await restore(place),
    complete: () => [ARCHIVES],
    isRight: async ({ folder }, site) =>
      (await listTree(join(folder, "restored"))).join() === (await listTree(site.tree)).join(),
  },
];

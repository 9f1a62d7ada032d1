import type { Inventory } from "../gc/inventory.ts";
import type { PredecessorArchive } from "../predecessor/predecessor-catalog.ts";
import type { ArchiveFacts } from "./archive-facts.ts";

/** What retention decides by, of each attempt in the inventory that was not deleted. Asks nothing of a store. */
export function assess(_inventory: Inventory): ArchiveFacts[] {
  throw new Error("not yet");
}

/** The same of an archive of the predecessor. */
export function assessLegacy(_archive: PredecessorArchive): ArchiveFacts {
  throw new Error("not yet");
}

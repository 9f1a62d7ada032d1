import { CatalogError } from "../catalog-error.ts";

/** Lists that may each lack keys of the one before: somebody deletes at the same time. */
const LISTS = 4;

/**
 * Lists until nothing has vanished since the list before: what one list leaves out is not gone. A store that
 * leaves out the same each time is believed.
 *
 * @param before the keys of the first of them; each other has what it shows by key
 * @throws {CatalogError} code `unsteady`
 */
export async function listAgain<Listed>(
  before: ReadonlySet<string>,
  list: () => Promise<ReadonlyMap<string, Listed>>,
): Promise<ReadonlyMap<string, Listed>> {
  let last = before;
  for (let count = 1; count < LISTS; count++) {
    const next = await list();
    if ([...last].every((key) => next.has(key))) return next;
    last = new Set(next.keys());
  }
  throw new CatalogError(
    "unsteady",
    `${LISTS} lists of the same records each lack some of the one before, so nobody knows what is needed.`,
    { reason: "shrinking" },
  );
}

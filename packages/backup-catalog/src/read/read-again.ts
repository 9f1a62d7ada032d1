import { CatalogError } from "../catalog-error.ts";

/**
 * Reads once more what is not as it must be: it may have changed on the way, and a backup that is called damaged is
 * not restored.
 *
 * @param isSound says no where the other reading may come to more
 */
export async function readAgain<T>(
  read: () => Promise<T>,
  isSound: (found: T) => boolean = () => true,
): Promise<T> {
  try {
    const found = await read();
    if (isSound(found)) return found;
  } catch (error) {
    if (!(error instanceof CatalogError) || error.code !== "damaged") throw error;
  }
  return await read();
}

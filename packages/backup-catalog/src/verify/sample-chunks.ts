import { CatalogError } from "../catalog-error.ts";

/**
 * Chooses so many percent of the chunks by chance, rounded up, in their order: of one chunk or more at
 * least one. Every night's sample is another, so that in time all are checked.
 *
 * @param percent from 0, exclusive, to 100
 * @throws {CatalogError} code `invalid-input` for another: a sample of nothing would find nothing wrong
 * @param random gives numbers from 0 to 1, exclusive
 */
export function sampleChunks<Chunk>(
  chunks: readonly Chunk[],
  percent: number,
  random: () => number = Math.random,
): Chunk[] {
  if (!(percent > 0 && percent <= 100))
    throw new CatalogError("invalid-input", `No sample has ${percent} % of the chunks.`);
  let wanted = Math.min(chunks.length, Math.ceil((chunks.length * percent) / 100));
  return chunks.filter((_, index) => {
    // Each of those left is as likely as any other to be one of the wanted ones.
    const isChosen = random() * (chunks.length - index) < wanted;
    if (isChosen) wanted--;
    return isChosen;
  });
}

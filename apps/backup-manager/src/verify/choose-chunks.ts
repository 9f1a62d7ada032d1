/** So many percent of the chunks, at least one, chosen by chance and in their order. */
export function chooseChunks<Chunk>(
  chunks: readonly Chunk[],
  percent: number,
  random: () => number = Math.random,
): readonly Chunk[] {
  const wanted = Math.ceil((chunks.length * percent) / 100);
  // Each is taken with the chance that fills what is still wanted from what is left.
  let missing = wanted;
  return chunks.filter((_, index) => {
    const isTaken = random() * (chunks.length - index) < missing;
    if (isTaken) missing -= 1;
    return isTaken;
  });
}

/** Does something with each item, so many at a time, and gives the answers in the order of the items. The first failure ends it. */
export async function inParallel<Item, Answer>(
  items: readonly Item[],
  atATime: number,
  work: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers = new Map<number, Answer>();
  const rest = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of rest) answers.set(index, await work(item));
  };
  await Promise.all(Array.from({ length: Math.min(atATime, items.length) }, worker));
  return [...answers].toSorted(([one], [other]) => one - other).map(([, answer]) => answer);
}

/** Small records that are read at once: each is mostly waiting. */
export const READS_AT_ONCE = 8;

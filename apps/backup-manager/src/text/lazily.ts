/** What is made of each item, whenever it is asked for: nothing of it is kept. */
export function lazily<Item, Made>(
  items: Iterable<Item>,
  make: (item: Item) => Made,
): Iterable<Made> {
  return {
    *[Symbol.iterator]() {
      for (const item of items) yield make(item);
    },
  };
}

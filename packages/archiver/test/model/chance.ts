/** True with this probability. */
export function sometimes(random: () => number, probability: number): boolean {
  return random() < probability;
}

/** One of them, each as likely as another. */
export function pick<Item>(random: () => number, items: readonly Item[]): Item | undefined {
  return items[Math.floor(random() * items.length)];
}

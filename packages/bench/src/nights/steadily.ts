/** Gives whole numbers that make up a rate over the nights: 1, 2, 1, 2 … for 1.5. */
export function steadily(rate: number): () => number {
  let due = 0;
  return () => {
    due += rate;
    const now = Math.floor(due);
    due -= now;
    return now;
  };
}

/** How long ago that was, in the Python program's words: `5 min ago`, `3 hr ago`, `12 days ago`. */
export function age(time: Date, now: Date): string {
  // The store's clock may be ahead of ours.
  const minutes = Math.max(0, Math.floor((now.getTime() - time.getTime()) / MINUTE));
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} hr ago`;
  const days = Math.floor(hours / 24);
  return days === 1 ? "1 day ago" : `${days} days ago`;
}

/** Milliseconds; days are of 24 hours, so that no daylight saving time shifts an age. */
const MINUTE = 60_000;

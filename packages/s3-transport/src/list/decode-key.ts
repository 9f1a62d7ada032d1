/** Keys may hold what XML can't, so lists ask for them url-encoded: with `+` for a space. */
export function decodeKey(key: string): string {
  return decodeURIComponent(key.replaceAll("+", " "));
}

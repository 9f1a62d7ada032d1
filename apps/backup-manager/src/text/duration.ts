/** How long something takes: `0.4 s`, `12 s`, `3 min`, `5 hr`, `2 days`. @param seconds at least 0 */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} hr`;
  return `${Math.round(seconds / 86_400)} days`;
}

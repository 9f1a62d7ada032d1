/** A line for each name that has a value, the values under each other. */
export function sheet(
  lines: readonly (readonly [name: string, value: string | undefined])[],
): string {
  const shown = lines.filter(([, value]) => value !== undefined);
  const width = Math.max(...shown.map(([name]) => name.length));
  return shown.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join("");
}

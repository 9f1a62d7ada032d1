/** The command line that measures a thing again. */
export function commandOf(name: string, given: Readonly<Record<string, unknown>>): string {
  const words = Object.entries(given).flatMap(([option, value]) => {
    return [value].flat().map((one) => `--${option} ${String(one)}`);
  });
  return ["pnpm bench", name, ...words].join(" ");
}

/** What the bench does with the figures, no part of how they are measured. */
const NOT_MEASURED_WITH = new Set(["quick", "write", "docs"]);

type Given = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** The command line that measures a thing again. */
export function commandOf(name: string, given: Given): string {
  const options = Object.entries(given).filter(([option]) => !NOT_MEASURED_WITH.has(option));
  const words = options.flatMap(([option, value]) => {
    return [value].flat().map((one) => `--${option} ${String(one)}`);
  });
  return ["pnpm bench", name, ...words].join(" ");
}

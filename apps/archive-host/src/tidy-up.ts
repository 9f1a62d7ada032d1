/**
 * Takes away what a run has left, each piece whether or not another one could be.
 * What fails is said, and no more: it must not hide how the archive ended.
 */
export async function tidyUp(
  say: (line: string) => void,
  ...steps: readonly (() => Promise<unknown>)[]
): Promise<void> {
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      say(`could not tidy up: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

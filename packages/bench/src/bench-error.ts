/** What keeps a measurement from being made: one line, and the last lines of the program that failed. */
export class BenchError extends Error {
  override readonly name = "BenchError";
}

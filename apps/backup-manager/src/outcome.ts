/**
 * How a command ended that was not stopped by an error. `failed` and `damaged`:
 * what was wrong has been printed.
 */
export type Outcome = "done" | "failed" | "nothing-matched" | "damaged";

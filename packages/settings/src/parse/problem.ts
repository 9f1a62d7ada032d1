/** One thing that is wrong with a configuration. */
export interface Problem {
  /** The key, by our name or the Python program's; its line is told where it stands. */
  readonly key: string;
  /** A clause without its full stop. Never a value: it may be secret. */
  readonly problem: string;
}

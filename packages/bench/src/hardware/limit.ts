/** What this machine can do at most, in one respect. */
export interface Limit {
  readonly name: string;
  /** Has so many bytes go through. */
  readonly pass: (bytes: number) => Promise<void>;
}

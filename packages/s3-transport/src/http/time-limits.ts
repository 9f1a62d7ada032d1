/** How long a request may wait for something, in milliseconds. There is none for the whole of it. */
export interface TimeLimits {
  /** Until a connection stands, TLS included. */
  readonly connectMs: number;
  /** For `100 Continue`, after which the body is sent without. */
  readonly goAheadMs: number;
  /** Without a byte either way. The kernel takes up to some megabytes at a time: a connection of less than 20 kB/s may look dead. */
  readonly stallMs: number;
  /** For the answer once the last byte is with the kernel, which may still have megabytes to send. */
  readonly answerMs: number;
}

/** Some stores think for minutes before they confirm (replication, a cold tier). */
export const TIME_LIMITS: TimeLimits = {
  connectMs: 10_000,
  goAheadMs: 2_000,
  stallMs: 60_000,
  answerMs: 300_000,
};

/** How long a request may wait for something, in milliseconds. There is none for the whole of it. */
export interface TimeLimits {
  /** Until a connection stands, TLS included. */
  readonly connect: number;
  /** For `100 Continue`, after which the body is sent without. */
  readonly goAhead: number;
  /** Without a byte either way. The kernel takes up to some megabytes at a time: a connection of less than 20 kB/s may look dead. */
  readonly stall: number;
  /** For the answer once the last byte is with the kernel, which may still have megabytes to send. */
  readonly answer: number;
}

/** Some stores think for minutes before they confirm (replication, a cold tier). */
export const TIME_LIMITS: TimeLimits = {
  connect: 10_000,
  goAhead: 2_000,
  stall: 60_000,
  answer: 300_000,
};

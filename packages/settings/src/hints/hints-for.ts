/** A hint for each code and each reason of an error: a new one without a hint does not compile. */
export type HintsFor<E extends { readonly code: string }> = Readonly<
  Record<E["code"] | ReasonOf<E>, string>
>;

type ReasonOf<E> = E extends { readonly reason: infer Reason } ? Extract<Reason, string> : never;

/** The source of a module that sets the clock of one Node process wrong by `SHIFT_DATE` milliseconds. */
export const SHIFT_DATE = `const Right = Date;
const shift = Number(process.env.SHIFT_DATE);
globalThis.Date = class extends Right {
  constructor(...given) {
    if (given.length === 0) super(Right.now() + shift);
    else super(...given);
  }
  static now() {
    return Right.now() + shift;
  }
};
`;

/** Does some work while this process has a clock that is wrong by so many milliseconds. Not for two at a time. */
export async function atAnotherTime<T>(shift: number, work: () => Promise<T>): Promise<T> {
  const Right = Date;
  globalThis.Date = new Proxy(Right, {
    construct: (right, given, newTarget) =>
      Reflect.construct(right, given.length === 0 ? [right.now() + shift] : given, newTarget),
    get: (right, name) =>
      name === "now" ? () => right.now() + shift : Reflect.get(right, name, right),
  });
  try {
    return await work();
  } finally {
    globalThis.Date = Right;
  }
}

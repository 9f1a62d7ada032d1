import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Pacer } from "../../src/wrap/pacer.ts";

/** A clock that jumps to the end of each wait. */
class JumpingClock {
  time = 1000;

  now(): number {
    return this.time;
  }

  async wait(milliseconds: number): Promise<void> {
    this.time += milliseconds;
  }
}

describe("Pacer", () => {
  test.each([0, -1, NaN, Infinity])("refuses a rate of %d bytes a second", async (rate) => {
    const next = new Pacer(() => rate, new JumpingClock()).next(1000);
    await expect(next).rejects.toMatchObject({ code: "invalid-input" });
  });

  test("takes the time that the bytes need, at any rate and in pieces of any length", async () => {
    const rates = fc.integer({ min: 125, max: 1_000_000_000 });
    const pieces = fc.array(fc.integer({ min: 1, max: 1_048_576 }), { minLength: 1, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(rates, pieces, async (rate, lengths) => {
        const clock = new JumpingClock();
        const pacer = new Pacer(() => rate, clock);
        let sent = 0;
        for (const length of lengths) {
          const wanted = Math.min(length, Math.ceil(rate / 4));
          for (let at = 0; at < wanted;) {
            const portion = await pacer.next(wanted - at);
            expect(portion).toBeGreaterThan(0);
            expect(portion).toBeLessThanOrEqual(Math.max(1, rate * 0.025));
            at += portion;
          }
          sent += wanted;
        }
        const needed = (sent / rate) * 1000;
        // The last portion goes when its time begins, and 50 ms may be made up for.
        expect(clock.time - 1000).toBeGreaterThanOrEqual(needed - 50 - 25 - 9);
        expect(clock.time - 1000).toBeLessThanOrEqual(needed + 1);
      }),
    );
  });

  test("counts a pause as no credit beyond 50 ms", async () => {
    const clock = new JumpingClock();
    const pacer = new Pacer(() => 1000, clock);
    await pacer.next(1);
    clock.time += 60_000;
    const before = clock.time;
    let sent = 0;
    while (clock.time === before) sent += await pacer.next(1000);
    expect(sent).toBeLessThanOrEqual(75 + 25);
  });

  test("goes on at a new rate at once, even down from a very high one", async () => {
    const clock = new JumpingClock();
    let rate = 100_000_000;
    const pacer = new Pacer(() => rate, clock);
    for (let sent = 0; sent < 20_000_000;) sent += await pacer.next(1_048_576);
    rate = 1000;
    const before = clock.time;
    for (let sent = 0; sent < 500;) sent += await pacer.next(1_048_576);
    expect(clock.time - before).toBeGreaterThan(400);
    expect(clock.time - before).toBeLessThan(600);
  });

  test("gives all at once where there is no limit", async () => {
    const clock = new JumpingClock();
    expect(await new Pacer(() => undefined, clock).next(1_048_576)).toBe(1_048_576);
    expect(clock.time).toBe(1000);
  });
});

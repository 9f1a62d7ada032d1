import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chooseMembers } from "../../src/drill/choose-members.ts";
import { indexed, stream } from "../members/indexed.ts";

const CHOICE = { sample: 2, largest: 1_000_000 };

describe("The members of a drill", () => {
  test("are random ones, the largest file and a hard link", async () => {
    const members = [
      indexed("./a", { size: 1 }),
      indexed("./b", { size: 2 }),
      indexed("./largest", { size: 900_000 }),
      indexed("./link", { type: "1", size: 0, linkOffset: 0 }),
      ...Array.from({ length: 50 }, (_, at) => indexed(`./many-${at}`, { size: 3 })),
    ];
    const chosen = await chooseMembers(stream(members), { ...CHOICE, random: () => 0.999 });
    expect(chosen.map(({ path }) => path.toString())).toEqual([
      "./a",
      "./b",
      "./link",
      "./largest",
    ]);
  });

  test("are no folders, no devices, none that is too large, and none that leads out", async () => {
    const members = [
      indexed("./folder/"),
      indexed("./tty", { type: "3" }),
      indexed("./sda", { type: "4" }),
      indexed("./huge", { size: 1_000_001 }),
      indexed("./a/../../b"),
      indexed("./link", { type: "1", linkOffset: undefined }),
    ];
    expect(await chooseMembers(stream(members), CHOICE)).toEqual([]);
  });

  test("are each as likely as any other", async () => {
    const members = Array.from({ length: 20 }, (_, at) => indexed(`./${at}`));
    const times = new Map<string, number>();
    let state = 1;
    const random = (): number => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
    for (let round = 0; round < 4000; round++) {
      const [first] = await chooseMembers(stream(members), { sample: 1, largest: 1e9, random });
      const name = first?.path.toString() ?? "";
      times.set(name, (times.get(name) ?? 0) + 1);
    }
    expect(times.size).toBe(20);
    expect(Math.min(...times.values())).toBeGreaterThan(120);
  });

  test("are never more than were asked for, the largest and a link", async () => {
    const member = fc.record({
      type: fc.constantFrom("0", "1", "2", "5"),
      size: fc.nat(2_000_000),
      name: fc.string({ minLength: 1 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(member), fc.nat(5), async (all, sample) => {
        const members = all.map(({ type, size, name }) =>
          indexed(`./${name}`, { type, size, linkOffset: type === "1" ? 0 : undefined }),
        );
        const chosen = await chooseMembers(stream(members), { sample, largest: 1_000_000 });
        expect(chosen.length).toBeLessThanOrEqual(sample + 2);
        expect(new Set(chosen).size).toBe(chosen.length);
      }),
    );
  });
});

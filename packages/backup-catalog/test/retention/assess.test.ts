import { describe, expect, test } from "vitest";
import { assess, assessLegacy, type LegacyArchive } from "../../src/index.ts";
import {
  type Attempted,
  attempted,
  chunk,
  DAY,
  HOUR,
  inventoryOf,
  NOW,
} from "../gc/inventory-of.ts";

const CHUNKS = [chunk(9, 1), chunk(9, 2), chunk(3, 1)];
const WHOLE: Attempted = {
  days: 3,
  keeps: [
    [9, 1],
    [9, 2],
    [3, 1],
  ],
};

test("a verified archive whose chunks are all there is good, and dated by what was signed", () => {
  expect(assess(inventoryOf([WHOLE], CHUNKS))).toEqual([
    {
      id: attempted(WHOLE).id,
      status: "complete",
      trust: "verified",
      uploader: "server-1",
      // It began three days ago, and took an hour.
      time: new Date(NOW - 3 * DAY + HOUR),
      damaged: false,
      ambiguous: false,
    },
  ]);
});

describe("an archive is damaged", () => {
  test.each([
    ["without a chunk", CHUNKS.slice(1)],
    ["with a chunk of another length", [...CHUNKS.slice(1), chunk(9, 1, 99)]],
    [
      "with a chunk that a list does not show",
      [...CHUNKS.slice(1), { ...chunk(9, 1), visible: false }],
    ],
    ["with another chunk in its place", [...CHUNKS.slice(1), chunk(8, 1)]],
  ])("%s", (_, chunks) => {
    const inventory = inventoryOf([WHOLE], chunks);
    expect(assess(inventory)).toMatchObject([{ trust: "verified", damaged: true }]);
  });

  test("without its manifest", () => {
    const [attempt] = [{ ...attempted(WHOLE), hasManifest: false }];
    const inventory = { ...inventoryOf([], CHUNKS), attempts: [attempt] };
    expect(assess(inventory)).toMatchObject([{ status: "complete", damaged: true }]);
  });

  test("without its head, and then nobody has signed it", () => {
    const inventory = inventoryOf([{ ...WHOLE, state: "head lost" }], CHUNKS);
    expect(assess(inventory)).toMatchObject([{ trust: "unverified", damaged: true }]);
  });

  test("without its head, and dated by the later of its start and its marker", () => {
    const lost = attempted({ ...WHOLE, state: "head lost" });
    const start = NOW - 3 * DAY;
    const timeWith = (finished: number): number | undefined => {
      const attempt = {
        ...lost,
        marker: { status: "complete", finished: new Date(finished) } as const,
      };
      return assess({ ...inventoryOf([], CHUNKS), attempts: [attempt] })[0]?.time.getTime();
    };
    expect(timeWith(start + HOUR)).toBe(start + HOUR);
    expect(timeWith(start - HOUR)).toBe(start);
  });
});

test.each<[string, Attempted, object]>([
  ["no trusted key has signed", { ...WHOLE, trust: "bad-signature" }, { ambiguous: false }],
  ["has two markers", { ...WHOLE, trust: "two-markers" }, { ambiguous: true }],
])("an archive that %s is unverified, and of no known uploader", (_, about, facts) => {
  const [found] = assess(inventoryOf([about], CHUNKS));
  expect(found).toMatchObject({ status: "complete", trust: "unverified", ...facts });
  expect(found).not.toHaveProperty("uploader");
});

test("what has no marker is incomplete, and what was deleted is no archive", () => {
  const states = ["no head", "no marker", "deleted"] as const;
  const inventory = inventoryOf(
    states.map((state, tail) => ({ ...WHOLE, state, tail })),
    CHUNKS,
  );
  const hidden = { ...attempted({ days: 5 }), records: 0 };
  const facts = assess({ ...inventory, attempts: [...inventory.attempts, hidden] });
  expect(facts.map(({ status }) => status)).toEqual(["incomplete", "incomplete"]);
  expect(facts[0]?.time).toEqual(new Date(NOW - 3 * DAY));
});

test("a legacy archive is legacy, and dated by the store", () => {
  const started = new Date(NOW - DAY);
  const legacy: LegacyArchive = {
    id: { host: "gandalf", number: 7, attempt: "legacy" },
    status: "complete",
    started,
    finished: new Date(NOW),
    chunks: 1,
    storedBytes: 1,
    ambiguous: false,
    deleted: false,
    encryption: null,
    findings: [],
    compression: { suffix: "", name: "none" },
  };
  const { finished: _, ...unfinished } = legacy;
  expect(assessLegacy(legacy)).toMatchObject({ trust: "legacy", time: new Date(NOW) });
  expect(assessLegacy(unfinished)).toMatchObject({ time: started, damaged: false });
  const before = { ...legacy, finished: new Date(NOW - 2 * DAY) };
  expect(assessLegacy(before)).toMatchObject({ time: started, ambiguous: false });
});

import { expect, test } from "vitest";
import { hostsInTurn } from "../../src/drill/hosts-in-turn.ts";
import { afterDrill, type DrillRecord, type HostDrills } from "../../src/drill/drill-record.ts";

function drilled(host: string, time: string, result: DrillRecord["result"]): [string, HostDrills] {
  const facts = { number: 1, attempt: null, scope: "members", againstBackuppc: false } as const;
  const last = { time, result, reason: null, members: 1, bytes: 1, seconds: 1, ...facts };
  return [host, afterDrill(undefined, host, last)];
}

test("hosts that were never drilled come first, then the longest ago, failed ones as well", () => {
  const drills = new Map([
    drilled("a", "2026-11-20T00:00:00.000Z", "proven"),
    drilled("b", "2026-11-18T00:00:00.000Z", "proven"),
    drilled("c", "2026-11-19T00:00:00.000Z", "failed"),
  ]);
  expect(hostsInTurn(["a", "b", "c", "z", "new"], drills)).toEqual(["new", "z", "b", "c", "a"]);
});

test("a drill that fails does not forget the one that succeeded", () => {
  const [, proven] = drilled("a", "2026-11-18T00:00:00.000Z", "proven");
  const [, { last }] = drilled("a", "2026-11-19T00:00:00.000Z", "failed");
  expect(afterDrill(proven, "a", last)).toEqual({
    format: 1,
    host: "a",
    last,
    proven: proven.last,
  });
});

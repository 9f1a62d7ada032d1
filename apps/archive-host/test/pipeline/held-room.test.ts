import { describe, expect, test, vi } from "vitest";
import { HeldRoom } from "../../src/pipeline/held-room.ts";

const never = new AbortController().signal;

describe("HeldRoom", () => {
  test("has room for so many blocks", () => {
    const room = new HeldRoom(2);
    expect([room.take(), room.take(), room.take()]).toEqual([true, true, false]);
    room.giveBack(1);
    expect(room.take()).toBe(true);
  });

  test("waits for none where no chunk is held whole: nothing would make room", async () => {
    const room = new HeldRoom(0);
    expect(await room.takeSoon(never)).toBe(false);
  });

  test("waits for a whole chunk to be stored, and not for longer than it takes", async () => {
    const room = new HeldRoom(0);
    room.holdsWhole();
    const waiting = room.takeSoon(never);
    room.releases(1);
    expect(await waiting).toBe(true);
    expect(await room.takeSoon(never)).toBe(false);
  });

  test("gives up after a second", async () => {
    const room = new HeldRoom(0);
    room.holdsWhole();
    const began = performance.now();
    expect(await room.takeSoon(never)).toBe(false);
    expect(performance.now() - began).toBeGreaterThan(900);
  });

  test("gives one block to one of those who wait", async () => {
    const room = new HeldRoom(0);
    room.holdsWhole();
    room.holdsWhole();
    const told = vi.fn<(free: boolean) => void>();
    const waiting = [room.takeSoon(never).then(told), room.takeSoon(never).then(told)];
    room.releases(1);
    await vi.waitFor(() => expect(told).toHaveBeenCalledExactlyOnceWith(true));
    room.releases(1);
    await Promise.all(waiting);
    expect(told).toHaveBeenCalledTimes(2);
  });

  test("stops waiting with the signal's reason", async () => {
    const room = new HeldRoom(0);
    room.holdsWhole();
    const controller = new AbortController();
    const waiting = room.takeSoon(controller.signal);
    controller.abort(new Error("cancelled"));
    await expect(waiting).rejects.toThrow("cancelled");
  });
});

import { ROOM_BEHIND, ROOM_TO_ENCRYPT } from "@backuppc-archive-s3/gpg";
import { describe, expect, test } from "vitest";
import { ChunkBuffers, writable } from "../../src/chunks/chunk-buffers.ts";

const { signal } = new AbortController();

function buffersOf(memory: number, largest: number, atOnce = Infinity): ChunkBuffers {
  return new ChunkBuffers({ memory, largest, atOnce });
}

describe("ChunkBuffers", () => {
  test("gives as many as the memory is for, then waits for one to come back, in turn", async () => {
    const buffers = buffersOf(2_500_000, 1_000_000);
    const first = await buffers.take(1_000_000, signal);
    await buffers.take(1_000_000, signal);
    const taken: number[] = [];
    const third = buffers.take(1_000_000, signal).then(() => taken.push(3));
    const fourth = buffers.take(1_000_000, signal).then(() => taken.push(4));
    await new Promise(setImmediate);
    expect(taken).toEqual([]);
    buffers.giveBack(first);
    await third;
    buffers.giveBack();
    await fourth;
    expect(taken).toEqual([3, 4]);
  });

  test("gives new memory beyond what is at once only after a while without used memory", async () => {
    const buffers = buffersOf(3_000_000, 1_000_000, 1);
    const first = await buffers.take(1_000_000, signal);
    const soon = buffers.take(1_000_000, signal);
    buffers.giveBack(first);
    expect((await soon).buffer).toBe(first.buffer);
    const later = await buffers.take(1_000_000, signal);
    expect(later.buffer).not.toBe(first.buffer);
  });

  test("waits on after that while where all memory is in use", async () => {
    const buffers = buffersOf(1, 1000);
    const first = await buffers.take(1000, signal);
    let taken = false;
    const waiting = buffers.take(1000, signal).finally(() => (taken = true));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(taken).toBe(false);
    buffers.giveBack(first);
    expect((await waiting).buffer).toBe(first.buffer);
  });

  test("makes memory anew for what is lost", async () => {
    const buffers = buffersOf(1, 1_000_000, 1);
    const lost = await buffers.take(1_000_000, signal);
    const next = buffers.take(1_000_000, signal);
    buffers.giveBack();
    expect((await next).buffer).not.toBe(lost.buffer);
  });

  test("gives one at least, however little memory there is", async () => {
    const buffers = buffersOf(1, 1_000_000);
    expect((await buffers.take(1_000_000, signal)).length).toBe(1_000_000);
  });

  test("fills the same memory again, and none of another size", async () => {
    const buffers = buffersOf(1_000_000, 1_000_000);
    const first = await buffers.take(1_000_000, signal);
    buffers.giveBack(first.subarray(0, 10));
    const second = await buffers.take(1_000_000, signal);
    expect(second.buffer).toBe(first.buffer);
    buffers.giveBack(new Uint8Array(1000));
    expect((await buffers.take(1_000_000, signal)).length).toBe(1_000_000);
  });

  test("leaves room to encrypt in place, and for what compression may add", async () => {
    const chunk = await buffersOf(1, 1_000_000).take(1_000_000, signal);
    expect(chunk.byteOffset).toBe(ROOM_TO_ENCRYPT);
    const all = writable(chunk);
    expect(all.byteOffset).toBe(ROOM_TO_ENCRYPT);
    expect(all.length).toBeGreaterThan(1_000_400);
    expect(chunk.buffer.byteLength - all.byteOffset - all.length).toBe(ROOM_BEHIND);
  });

  test("stops waiting when the signal aborts, and gives the turn to the next", async () => {
    const buffers = buffersOf(1, 1000);
    const first = await buffers.take(1000, signal);
    const controller = new AbortController();
    const waiting = buffers.take(1000, controller.signal);
    const next = buffers.take(1000, signal);
    controller.abort(new Error("cancelled"));
    await expect(waiting).rejects.toThrow("cancelled");
    buffers.giveBack(first);
    await next;
    await expect(buffers.take(1000, controller.signal)).rejects.toThrow("cancelled");
  });
});

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSealerPool, type Sealer } from "../../src/index.ts";
import { sealerContract } from "../sealer-contract.ts";

// A worker can't be started from TypeScript on Node 20: the built one runs here.
const workerFile = new URL("../../dist/threads/worker.js", import.meta.url);

sealerContract("createSealerPool", (recipients) =>
  createSealerPool(recipients, { workers: 2, workerFile }),
);

test("A pool that was closed seals no more", async () => {
  const pool = createSealerPool({ passphrase: "secret" }, { workers: 1, workerFile });
  await pool.close();
  await expect(async () => {
    for await (const _ of pool.seal(onePiece()).bytes);
  }).rejects.toThrow("The encryption was stopped.");
});

test("Messages under way fail when the pool is closed", async () => {
  const pool = createSealerPool({ passphrase: "secret" }, { workers: 1, workerFile });
  await expect(async () => {
    for await (const _ of pool.seal(endless()).bytes) await pool.close();
  }).rejects.toThrow("The encryption was stopped.");
});

test("A worker that can't be started fails the message with its reason", async () => {
  const pool = createSealerPool(
    { passphrase: "secret" },
    { workers: 1, workerFile: new URL("file:///nonexistent/worker.js") },
  );
  await expect(async () => {
    for await (const _ of pool.seal(endless()).bytes);
  }).rejects.toThrow(/An encryption thread ended: .*nonexistent/);
});

test("A pool whose first thread can't be started is not made", () => {
  const options = { workers: 1, workerFile: new URL("https://example.net/worker.js") };
  expect(() => createSealerPool({ passphrase: "secret" }, options)).toThrow(
    expect.objectContaining({ code: "worker-lost" }),
  );
});

test("A message that waits for a thread fails, too, when the pool is closed", async () => {
  const pool = createSealerPool({ passphrase: "secret" }, { workers: 1, workerFile });
  const sealing = Array.from({ length: 3 }, () => sealEndless(pool));
  await pool.close();
  expect(await Promise.all(sealing)).toEqual(Array(3).fill("The encryption was stopped."));
});

describe("When a thread is lost", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sealer-pool-"));
  });
  afterAll(async () => await rm(folder, { recursive: true, force: true }));

  const ON_MESSAGE = 'import { parentPort } from "node:worker_threads"; parentPort.on("message", ';
  test.each([
    ["at its start", "throw new Error('no memory');", /: no memory\.$/],
    [
      "with its first message",
      `${ON_MESSAGE} () => { throw new Error("no memory"); });`,
      /: no memory\.$/,
    ],
    [
      "without a word",
      `${ON_MESSAGE} () => process.exit(3));`,
      /status 3\.$|The other thread ended/,
    ],
  ])("%s, no message waits for ever", async (_, program, reason) => {
    const file = join(folder, "worker.mjs");
    await writeFile(file, program);
    for (const workers of [1, 2]) {
      const options = { workers, workerFile: pathToFileURL(file) };
      const pool = createSealerPool({ passphrase: "secret" }, options);
      const told = await Promise.all(Array.from({ length: 5 }, () => sealEndless(pool)));
      expect(told.filter((message) => !reason.test(message))).toEqual([]);
    }
  });
});

/** What is told of a message that has no end. */
async function sealEndless(pool: Sealer): Promise<string> {
  try {
    for await (const _ of pool.seal(endless()).bytes);
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
}

async function* onePiece(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(1);
}

async function* endless(): AsyncGenerator<Uint8Array> {
  for (;;) yield new Uint8Array(1_000_000);
}

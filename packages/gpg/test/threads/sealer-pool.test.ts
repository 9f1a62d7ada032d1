import { expect, test } from "vitest";
import { createSealerPool } from "../../src/index.ts";
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

async function* onePiece(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(1);
}

async function* endless(): AsyncGenerator<Uint8Array> {
  for (;;) yield new Uint8Array(1_000_000);
}

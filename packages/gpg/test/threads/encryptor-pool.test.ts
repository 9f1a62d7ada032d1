import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEncryptorPool, type Encryptor, newDataKey } from "../../src/index.ts";
import { encryptorContract } from "../../src/contract/index.ts";
import { openpgpDecrypts } from "../../src/contract/openpgp-decrypts.ts";
import { withRoomAround } from "../../src/contract/with-room-around.ts";

// A worker can't be started from TypeScript on Node 20: the built one runs here.
const workerFile = new URL("../../dist/threads/worker.js", import.meta.url);
const dataKey = newDataKey();
const ONE = { workers: 1, workerFile };

encryptorContract("createEncryptorPool", (recipients) =>
  createEncryptorPool(recipients, { workers: 2, workerFile }),
);

test.each([0, -1, 1.5, Number.NaN, Infinity, 1025])(
  "A pool of %d threads is refused",
  (workers) => {
    expect(() => createEncryptorPool({ dataKey }, { workers, workerFile })).toThrow(
      expect.objectContaining({ code: "invalid-input" }),
    );
  },
);

test("A worker file that is a path is refused", () => {
  const options = { workers: 1, workerFile: workerFile.pathname };
  const creating = (): unknown =>
    Reflect.apply(createEncryptorPool, undefined, [{ dataKey }, options]);
  expect(creating).toThrow(expect.objectContaining({ code: "invalid-input" }));
});

test("The plaintext's memory goes to the thread and comes back as the message's, or stays", async () => {
  await using pool = createEncryptorPool({ dataKey }, ONE);
  const [given, kept] = [withRoomAround(new Uint8Array(100_000)), new Uint8Array(100_000)];
  const memory = given.buffer.byteLength;
  const message = await pool.encrypt(given, { ownBuffer: true });
  expect([given.length, message.bytes.buffer.byteLength]).toEqual([0, memory]);
  await pool.encrypt(kept);
  expect(kept.length).toBe(100_000);
});

test("Messages that are being encrypted, and those that wait, fail when the pool is closed", async () => {
  const pool = createEncryptorPool({ dataKey }, ONE);
  const failures = Promise.all(Array.from({ length: 3 }, () => failureOf(pool)));
  await pool.close();
  expect(await failures).toEqual(Array(3).fill("The encryptor was closed."));
});

test("A message that is cancelled while it waits leaves its memory alone, and its turn to the next", async () => {
  await using pool = createEncryptorPool({ dataKey }, ONE);
  const controller = new AbortController();
  const first = pool.encrypt(new Uint8Array(8_000_000));
  const waits = withRoomAround(new Uint8Array(100_000));
  const second = pool.encrypt(waits, { ownBuffer: true, signal: controller.signal });
  const third = pool.encrypt(Buffer.from("third"));
  controller.abort(new Error("cancelled"));
  await expect(second).rejects.toThrow("cancelled");
  expect(waits.length).toBe(100_000);
  await first;
  expect((await openpgpDecrypts((await third).bytes, dataKey)).toString()).toBe("third");
});

test("A message that is cancelled rejects while its thread still works", async () => {
  await using pool = createEncryptorPool({ passphrase: "secret" }, ONE);
  const controller = new AbortController();
  const order: string[] = [];
  const cancelled = pool.encrypt(new Uint8Array(33_554_432), { signal: controller.signal });
  const next = pool.encrypt(new Uint8Array(1)).then(() => order.push("next"));
  setImmediate(() => controller.abort(new Error("cancelled")));
  await cancelled.catch((error: Error) => order.push(error.message));
  expect(order).toEqual(["cancelled"]);
  await next;
});

test("Memory that is transferred elsewhere while the message waits is refused, not encrypted as nothing", async () => {
  await using pool = createEncryptorPool({ dataKey }, ONE);
  const first = pool.encrypt(new Uint8Array(8_000_000));
  const plain = new Uint8Array(100_000);
  const second = pool.encrypt(plain);
  structuredClone(plain, { transfer: [plain.buffer] });
  await expect(second).rejects.toMatchObject({ code: "invalid-input" });
  await first;
});

test("Memory of WebAssembly, which cannot be transferred, is copied", async () => {
  await using pool = createEncryptorPool({ dataKey }, ONE);
  const plain = new Uint8Array(new WebAssembly.Memory({ initial: 4 }).buffer, 8192, 100_000);
  const { bytes } = await pool.encrypt(plain, { ownBuffer: true });
  expect((await openpgpDecrypts(bytes, dataKey)).equals(new Uint8Array(100_000))).toBe(true);
  expect(plain.length).toBe(100_000);
});

test("A pool whose first thread cannot be started is not made", () => {
  const options = { workers: 1, workerFile: new URL("https://example.net/worker.js") };
  expect(() => createEncryptorPool({ dataKey }, options)).toThrow(
    expect.objectContaining({ code: "worker-lost" }),
  );
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "encryptor-pool-"));
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

test("A message that its thread cannot encrypt fails with the reason, which later ones need not", async () => {
  const file = join(folder, "failing.mjs");
  await writeFile(
    file,
    `import { parentPort } from "node:worker_threads";
    let count = 0;
    parentPort.on("message", ({ plain: bytes }) =>
      parentPort.postMessage(count++ === 0 ? { error: "no memory" } : { bytes, sha256: "" }));`,
  );
  await using pool = createEncryptorPool(
    { dataKey },
    { workers: 1, workerFile: pathToFileURL(file) },
  );
  await expect(pool.encrypt(new Uint8Array(1))).rejects.toMatchObject({
    code: "encryption-failed",
    message: "Encryption failed: no memory",
  });
  expect((await pool.encrypt(new Uint8Array(7))).bytes.length).toBe(7);
});

describe("When a thread is lost", () => {
  const ON_MESSAGE = 'import { parentPort } from "node:worker_threads"; parentPort.on("message", ';
  test.each([
    ["at its start", "throw new Error('no memory');", /: no memory\.$/],
    [
      "with its first message",
      `${ON_MESSAGE} () => { throw new Error("no memory"); });`,
      /: no mem/,
    ],
    ["without a word", `${ON_MESSAGE} () => process.exit(3));`, /status 3\.$/],
  ])("%s, no message waits for ever", async (_, program, reason) => {
    const file = join(folder, "worker.mjs");
    await writeFile(file, program);
    for (const workers of [1, 2]) {
      const options = { workers, workerFile: pathToFileURL(file) };
      const pool = createEncryptorPool({ dataKey }, options);
      const failures = await Promise.all(Array.from({ length: 5 }, () => failureOf(pool)));
      expect(failures.filter((message) => !reason.test(message))).toEqual([]);
    }
  });

  test("because its file is not there, the reason names the file", async () => {
    const missing = new URL("file:///nonexistent/worker.js");
    const pool = createEncryptorPool({ dataKey }, { workers: 1, workerFile: missing });
    expect(await failureOf(pool)).toMatch(/An encryption thread ended: .*nonexistent/);
  });
});

async function failureOf(pool: Encryptor): Promise<string> {
  try {
    await pool.encrypt(new Uint8Array(10_000_000));
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
}

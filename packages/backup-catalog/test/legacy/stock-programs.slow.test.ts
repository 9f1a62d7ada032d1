// Archives as the Python program had split(1) and gpg(1) make them.
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { bytesBody, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { legacyObjects, type LegacyRun } from "@backuppc-archive-s3/test-rig";
import { describe, expect, test } from "vitest";
import { assessLegacy, openLegacyCatalog, planRetention } from "../../src/index.ts";
import { recordingStore } from "../recording-store.ts";

const PASSPHRASE = "hunter2";
const ID = { host: "gandalf", number: 7 };
const TAR = randomBytes(2500);

describe("an archive that the Python program made", () => {
  test.each(["none", "ZLIB", "BZIP2"] as const)(
    "of encrypted pieces with compression %s is listed and read back in order",
    async (compression) => {
      const store = createMemoryStore();
      const run = { ...ID, tar: TAR, splitSize: 1000, passphrase: PASSPHRASE, compression };
      await archiveAsLegacy(store, run);
      const catalog = openLegacyCatalog(store);
      const { chunks } = await catalog.open(ID).contents();
      expect(chunks.map(({ key }) => key)).toEqual([
        "gandalf.7.tar.aa.gpg",
        "gandalf.7.tar.ab.gpg",
        "gandalf.7.tar.ac.gpg",
      ]);
      expect(await catalog.list()).toEqual([
        {
          id: { ...ID, attempt: "legacy" },
          status: "complete",
          started: expect.any(Date),
          finished: expect.any(Date),
          chunks: 3,
          storedBytes: chunks.reduce((sum, { storedLength }) => sum + storedLength, 0),
          ambiguous: false,
          deleted: false,
          compression: { suffix: "", name: "none" },
          encryption: { passphrase: true, recipients: [], subkeys: [] },
          findings: [],
        },
      ]);
      expect((await decrypted(store, chunks)).equals(TAR)).toBe(true);
    },
  );

  test("is listed by host and time, without reading an object", async () => {
    let minute = 0;
    const memory = createMemoryStore(new Map(), { now: () => new Date(60_000 * minute++) });
    for (const number of [12, 3])
      await archiveAsLegacy(memory, { ...ID, number, tar: TAR, splitSize: 0 });
    const store = recordingStore(memory);
    const archives = await openLegacyCatalog(store).list();
    expect(store.calls).toEqual(["list "]);
    expect(archives.map(({ id }) => id.number)).toEqual([12, 3]);
  });

  test("without encryption says so", async () => {
    const store = createMemoryStore();
    await archiveAsLegacy(store, { ...ID, tar: TAR, splitSize: 2000 });
    const catalog = openLegacyCatalog(store);
    expect(await catalog.list()).toMatchObject([{ status: "complete", encryption: null }]);
    expect((await catalog.open(ID).contents()).chunks).toEqual([
      { key: "gandalf.7.tar.aa", storedLength: 2000 },
      { key: "gandalf.7.tar.ab", storedLength: 500 },
    ]);
  });

  test.each([PASSPHRASE, undefined])("that was not split is one chunk", async (passphrase) => {
    const store = createMemoryStore();
    const encryption = passphrase === undefined ? {} : { passphrase };
    await archiveAsLegacy(store, { ...ID, tar: TAR, splitSize: 0, ...encryption });
    const { chunks } = await openLegacyCatalog(store).open(ID).contents();
    const [chunk] = chunks;
    expect(chunk?.key).toBe(passphrase === undefined ? "gandalf.7.tar" : "gandalf.7.tar.gpg");
    expect(await openLegacyCatalog(store).verify(ID)).toEqual([]);
  });

  test("of more than 676 pieces is put together in split's order", async () => {
    const store = createMemoryStore();
    await archiveAsLegacy(store, { ...ID, tar: TAR, splitSize: 3 });
    const catalog = openLegacyCatalog(store);
    const { chunks } = await catalog.open(ID).contents();
    expect(chunks).toHaveLength(834);
    expect(chunks[650]?.key).toBe("gandalf.7.tar.zaaa");
    const bytes = [];
    for (const { key } of chunks) bytes.push(await bytesOf(store, key));
    expect(Buffer.concat(bytes).equals(TAR)).toBe(true);
    expect(await catalog.list()).toMatchObject([{ status: "complete", chunks: 834 }]);
  });

  test("tells by its marker when it ran", async () => {
    const store = createMemoryStore();
    await archiveAsLegacy(store, { ...ID, tar: TAR, splitSize: 0 });
    const marker = await openLegacyCatalog(store).readMarker(ID);
    expect(marker).toMatchObject({ message: "finalized by gandalf" });
    expect(Math.abs(marker.started.getTime() - Date.now())).toBeLessThan(600_000);
  });

  test("is known to the retention planner", async () => {
    const store = createMemoryStore();
    for (const number of [1, 2])
      await archiveAsLegacy(store, { ...ID, number, tar: TAR, splitSize: 0 });
    const later = new Date(Date.now() + 40 * 86_400_000);
    const archives = await openLegacyCatalog(store).list();
    const decisions = planRetention(archives.map(assessLegacy), { ageDays: 30 }, later);
    expect(decisions.map(({ archive, action }) => `${archive.id.number} ${action}`)).toEqual([
      "2 keep",
      "1 delete",
    ]);
  });
});

/** Archives a tar as the Python program did. */
async function archiveAsLegacy(store: ObjectStore, run: LegacyRun): Promise<void> {
  for (const { key, bytes } of await legacyObjects(run)) await store.put(key, bytesBody(bytes));
}

async function bytesOf(store: ObjectStore, key: string): Promise<Buffer> {
  return await buffer(await store.get(key));
}

async function decrypted(
  store: ObjectStore,
  chunks: readonly { readonly key: string }[],
): Promise<Buffer> {
  const home = mkdtempSync(join(tmpdir(), "gnupg-"));
  try {
    const pieces: Buffer[] = [];
    for (const { key } of chunks) {
      const args = ["--batch", "--quiet", "--homedir", home, "--pinentry-mode", "loopback"];
      const opening = [...args, "--passphrase", PASSPHRASE, "--decrypt"];
      const input = await bytesOf(store, key);
      pieces.push(execFileSync("gpg", opening, { input, stdio: ["pipe", "pipe", "ignore"] }));
    }
    return Buffer.concat(pieces);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

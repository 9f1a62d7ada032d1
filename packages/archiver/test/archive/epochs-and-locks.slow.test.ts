import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openCatalog } from "@backuppc-archive-s3/backup-catalog";
import { createEncryptor, decryptDataKey, readPublicKeys } from "@backuppc-archive-s3/gpg";
import { type LockedObject, type PutOptions, StoreError } from "@backuppc-archive-s3/s3-transport";
import { createGpgHome, type GpgHome } from "@backuppc-archive-s3/gpg/home";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ArchiveOptions, ChunkIndex, verifierOf } from "../../src/index.ts";
import { encryptedTo, type Engine, openEngine } from "./engine.ts";

const DAY = 86_400_000;

let gpg: GpgHome;
beforeAll(async () => {
  gpg = await createGpgHome();
});
afterAll(async () => await gpg.remove());

let engine: Engine;
beforeEach(async () => {
  engine = await openEngine();
});
afterEach(async () => await engine.close());

/** Large chunks, since gpg is started for each: none is longer than a mebibyte. */
const FEW = { mean: 524_288 };

describe("A passphrase", () => {
  /** The tar of the archive, as who has this passphrase alone gets it. */
  async function opened(
    head: Awaited<ReturnType<Engine["archive"]>>["head"],
    passphrase: string,
  ): Promise<Buffer> {
    const catalog = openCatalog(engine.store);
    const key = await catalog.readKey(head);
    const dataKey = await decryptDataKey(key?.message ?? Buffer.alloc(0), passphrase);
    const { chunks } = await catalog.readManifest(head);
    const plain: Buffer[] = [];
    for (const chunk of chunks) {
      plain.push(await gpg.decrypt(await catalog.readChunk(head.host, chunk), dataKey));
    }
    return Buffer.concat(plain);
  }

  test("that is another one after an interrupted run begins anew: it alone opens all of the archive", async () => {
    const interrupted: Partial<ArchiveOptions> = {
      ...encryptedTo("the old one"),
      ...FEW,
      onChunk: () => {
        throw new Error("killed");
      },
    };
    await expect(engine.archive(interrupted)).rejects.toThrow("killed");
    const { head } = await engine.archive({ ...encryptedTo("the new one"), ...FEW });
    expect(engine.notices).toEqual(["all chunks are uploaded anew: the passphrase has changed"]);
    expect(head.newChunks).toBe(head.chunks);
    expect(await opened(head, "the new one")).toEqual(await engine.tar());
    await expect(opened(head, "the old one")).rejects.toMatchObject({ code: "decryption-failed" });
  });

  test("that stays the same opens what was sent in several nights", async () => {
    const options = { ...encryptedTo("the same"), ...FEW };
    await engine.archive(options);
    // The last one, which begins behind the first chunk, wherever the run's own key cuts.
    await engine.write("file-9", randomBytes(40_000));
    const { head } = await engine.archive({ ...options, number: 2 });
    expect(head.newChunks).toBeLessThan(head.chunks);
    expect(head.encryption).toEqual({ passphrase: true, recipients: [], subkeys: [] });
    expect(await opened(head, "the same")).toEqual(await engine.tar());
  });

  test("can be changed in the index once the archives have the data key under the new one", async () => {
    await engine.archive({ ...encryptedTo("the old one"), ...FEW });
    const found = await ChunkIndex.read(engine.folder, "web");
    if (found === undefined || "why" in found) throw new Error("There is no index.");
    await found.index.update({ passphrase: await verifierOf("the new one") });
    const { head } = await engine.archive({ ...encryptedTo("the new one"), ...FEW });
    expect(head.newChunks).toBe(0);
    expect(await opened(head, "the new one")).toEqual(await engine.tar());
  });
});

test("An archive to public keys alone opens with each secret key, and has no data key", async () => {
  const file = join(engine.folder, "..", "public-key");
  await writeFile(file, await gpg.export([await gpg.makeKey("cv25519")]));
  const publicKeys = await readPublicKeys([file]);
  const encryption = { publicKeys, start: createEncryptor };
  const { head } = await engine.archive({ encryption, ...FEW });
  const catalog = openCatalog(engine.store);
  expect(await catalog.readKey(head)).toBeUndefined();
  const plain: Buffer[] = [];
  for (const chunk of (await catalog.readManifest(head)).chunks) {
    plain.push(await gpg.decrypt(await catalog.readChunk(head.host, chunk)));
  }
  expect(Buffer.concat(plain).equals(await engine.tar())).toBe(true);
});

describe("Where objects are locked", () => {
  interface Locks {
    readonly options: Partial<ArchiveOptions>;
    readonly extended: { readonly object: LockedObject; readonly until: Date }[];
    refuse: Error | undefined;
  }

  /** Notes what is asked for, and may refuse it. */
  function lockedFor(days: number): Locks {
    const locks: Locks = {
      extended: [],
      refuse: undefined,
      options: {
        locks: {
          days,
          extender: {
            extend: async (object, until) => {
              if (locks.refuse !== undefined) throw locks.refuse;
              locks.extended.push({ object, until });
            },
          },
        },
      },
    };
    return locks;
  }

  test("chunks are locked for thirty days longer than asked", async () => {
    const asked: (PutOptions | undefined)[] = [];
    const store = {
      ...engine.store,
      put: async (...[key, body, options]: Parameters<Engine["store"]["put"]>) => {
        if (key.startsWith("chunks/")) asked.push(options);
        return await engine.store.put(key, body, options);
      },
    };
    const { head } = await engine.archive({ ...lockedFor(90).options, store });
    expect(asked).toHaveLength(head.chunks);
    for (const { lockUntil } of asked.map((one) => one ?? {})) {
      const days = (Number(lockUntil) - Date.parse(head.started)) / DAY;
      expect(days).toBeCloseTo(120, 2);
    }
  });

  test("a chunk is reused as it is while it is locked for as long as asked, then its lock is extended", async () => {
    const locks = lockedFor(90);
    const { head } = await engine.archive(locks.options);
    for (let times = 0; times < 2; times++) {
      engine.wait(13);
      expect((await engine.archive(locks.options)).head.newChunks).toBe(0);
    }
    expect(locks.extended).toEqual([]);
    engine.wait(13);
    const late = await engine.archive(locks.options);
    expect(late.head.newChunks).toBe(0);
    expect(locks.extended).toHaveLength(head.chunks);
    expect(locks.extended[0]?.object.key).toMatch(/^chunks\/web\/\d{8}T\d{6}Z-/);
    const days = (Number(locks.extended[0]?.until) - Date.parse(late.head.started)) / DAY;
    expect(days).toBeCloseTo(120, 2);
    await engine.archive(locks.options);
    expect(locks.extended).toHaveLength(head.chunks);
  });

  test("a chunk whose lock the store does not extend is uploaded anew", async () => {
    const locks = lockedFor(90);
    await engine.archive();
    locks.refuse = new StoreError("denied", "denied", { permanent: true });
    const { head } = await engine.archive(locks.options);
    expect(head.newChunks).toBe(head.chunks);
    expect((await engine.restore(head)).equals(await engine.tar())).toBe(true);
  });

  test("no archive is made where extending a lock fails by another fault than the store's", async () => {
    const locks = lockedFor(90);
    await engine.archive();
    locks.refuse = new TypeError("no such function");
    await expect(engine.archive(locks.options)).rejects.toBe(locks.refuse);
    const statuses = (await engine.list()).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual(["complete", "incomplete"]);
  });

  test("the lock of that version of a chunk is extended which the index names", async () => {
    const locks = lockedFor(90);
    const store = {
      ...engine.store,
      put: async (...given: Parameters<Engine["store"]["put"]>) => {
        await engine.store.put(...given);
        return { versionId: "version-1" };
      },
    };
    await engine.archive({ store });
    expect((await engine.archive(locks.options)).head.newChunks).toBe(0);
    expect(new Set(locks.extended.map(({ object }) => object.versionId))).toEqual(
      new Set(["version-1"]),
    );
  });
});

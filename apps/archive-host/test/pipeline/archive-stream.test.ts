import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ObjectBody, ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { compressorFor } from "../../src/compress/compression.ts";
import { archiveStream, type ChunkStages } from "../../src/pipeline/archive-stream.ts";
import { BlockPool } from "../../src/pipeline/block-pool.ts";
import { JournalMismatch } from "../../src/pipeline/check-stored.ts";
import { sha256Sums } from "../../src/pipeline/sums.ts";
import type { StoredChunk } from "../../src/pipeline/stored-chunk.ts";
import { unsealed } from "../../src/pipeline/unsealed.ts";

const MIB = 1_048_576;
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

let spool: string;
let stored: Map<string, Buffer>;
beforeEach(async () => {
  spool = await mkdtemp(join(tmpdir(), "spool-"));
  stored = new Map();
});
afterEach(async () => await rm(spool, { recursive: true, force: true }));

/** Keeps what is put, after `put` had its say. */
function storeWith(put: (key: string, body: ObjectBody) => Promise<void>): ObjectStore {
  return {
    async put(key, body) {
      await put(key, body);
      const pieces: Uint8Array[] = [];
      for await (const piece of body.open()) pieces.push(piece);
      stored.set(key, Buffer.concat(pieces));
    },
    get: () => Promise.reject(new Error("not asked for")),
    list: () => {
      throw new Error("not asked for");
    },
    delete: () => Promise.reject(new Error("not asked for")),
  };
}

function stages(changes: Partial<ChunkStages> = {}): ChunkStages {
  return {
    compressor: compressorFor(""),
    sealer: unsealed,
    store: storeWith(async () => {}),
    pool: new BlockPool({ plain: 12, held: 12 }),
    workers: 2,
    connections: 2,
    chunkSize: MIB,
    spool,
    chunkKey: (index) => `web.1.tar.0000000${index}.gz.gpg`,
    stored: new Map(),
    journal: { stored: async () => {} },
    onStored: () => {},
    ...changes,
  };
}

async function* blocks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

describe("archiveStream", () => {
  test("stores every chunk, and tells them in stream order whatever order they were stored in", async () => {
    const tar = randomBytes(4 * MIB + 5);
    let first = true;
    const slowFirst = storeWith(async () => {
      if (!first) return;
      first = false;
      await new Promise((resolve) => setTimeout(resolve, 50));
    });
    const result = await archiveStream(
      blocks(tar),
      stages({ store: slowFirst }),
      new AbortController(),
    );
    expect(result.tar).toEqual({ length: tar.length, sha256: sha256(tar) });
    expect(result.chunks.map(({ entry }) => entry.tarOffset)).toEqual(
      [0, 1, 2, 3, 4].map((n) => n * MIB),
    );
    expect(
      Buffer.concat(
        result.chunks.map(({ entry }) => stored.get(entry.key) ?? Buffer.from("?")),
      ).equals(tar),
    ).toBe(true);
  });

  test("gets a stream much larger than its memory through, and leaves no spool behind", async () => {
    const tar = randomBytes(24 * MIB);
    const result = await archiveStream(
      blocks(tar),
      stages({ pool: new BlockPool({ plain: 1, held: 1 }), chunkSize: 5 * MIB }),
      new AbortController(),
    );
    expect(
      Buffer.concat(
        result.chunks.map(({ entry }) => stored.get(entry.key) ?? Buffer.from("?")),
      ).equals(tar),
    ).toBe(true);
    expect(await readdir(spool)).toEqual([]);
  });

  test.each(["", "/bin/gzip", "/bin/bzip2"])(
    "fills the same memory again and again, with compression by %j",
    async (path) => {
      const pool = new BlockPool({ plain: 4, held: 4 });
      const memory = new Set<ArrayBufferLike>();
      const takeForSealing = pool.takeForSealing.bind(pool);
      pool.takeForSealing = () => {
        const block = takeForSealing();
        memory.add(block.buffer);
        return block;
      };
      const tar = randomBytes(32 * MIB);
      const compressor = compressorFor(path);
      const all = stages({ pool, compressor, chunkSize: 4 * MIB });
      await archiveStream(blocks(tar), all, new AbortController());
      // Four of each, and what is on its way through the compression and the sealing of two chunks.
      expect(memory.size).toBeLessThanOrEqual(16);
    },
  );

  test("uploads no more chunks at a time than there are connections", async () => {
    let underWay = 0;
    let most = 0;
    const counting = storeWith(async () => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, 5));
      underWay--;
    });
    await archiveStream(
      blocks(randomBytes(8 * MIB)),
      stages({ store: counting, connections: 3 }),
      new AbortController(),
    );
    expect(most).toBe(3);
  });

  test("stops the others and throws the error of the first chunk that fails", async () => {
    const refused = new Error("403");
    const refusing = storeWith(async (key) => {
      if (key.includes("00000002")) throw refused;
    });
    const controller = new AbortController();
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield new Uint8Array(65_536);
    }
    await expect(archiveStream(endless(), stages({ store: refusing }), controller)).rejects.toBe(
      refused,
    );
    expect(controller.signal.reason).toBe(refused);
    expect(await readdir(spool)).toEqual([]);
  });

  test("stops when it is cancelled, with the reason", async () => {
    const controller = new AbortController();
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (let block = 0; ; block++) {
        if (block === 100) controller.abort(new Error("cancelled"));
        yield new Uint8Array(65_536);
      }
    }
    await expect(archiveStream(endless(), stages(), controller)).rejects.toThrow("cancelled");
  });

  test("throws why the tar broke off", async () => {
    async function* torn(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(3 * MIB);
      throw new Error("the tape tore");
    }
    await expect(archiveStream(torn(), stages(), new AbortController())).rejects.toThrow(
      "the tape tore",
    );
  });
});

describe("sha256Sums", () => {
  test("names stored chunks, their plaintexts and the whole tar as sha256sum does", async () => {
    const tar = randomBytes(MIB + 1);
    const gzipped = stages({ compressor: compressorFor("/bin/gzip") });
    const result = await archiveStream(blocks(tar), gzipped, new AbortController());
    const [one, two] = [...stored.keys()].toSorted().map((key) => sha256(stored.get(key) ?? tar));
    expect(sha256Sums(result, "web.1.tar")).toBe(
      [
        `${one}  web.1.tar.00000001.gz.gpg`,
        `${two}  web.1.tar.00000002.gz.gpg`,
        `${sha256(tar.subarray(0, MIB))}  web.1.tar.00000001`,
        `${sha256(tar.subarray(MIB))}  web.1.tar.00000002`,
        `${sha256(tar)}  web.1.tar`,
        "",
      ].join("\n"),
    );
  });

  test("tells the journal of each chunk once it is stored, and stops if that fails", async () => {
    const journal = {
      stored: async ({ index }: { readonly index: number }) => {
        expect([...stored.keys()]).toContain(`web.1.tar.0000000${index}.gz.gpg`);
        if (index === 2) throw new Error("the disk is full");
      },
    };
    await expect(
      archiveStream(blocks(randomBytes(3 * MIB)), stages({ journal }), new AbortController()),
    ).rejects.toThrow("the disk is full");
  });

  describe("with chunks that are stored already", () => {
    const tar = randomBytes(3 * MIB + 7);

    async function earlierRun(): Promise<Map<number, StoredChunk>> {
      const { chunks } = await archiveStream(blocks(tar), stages(), new AbortController());
      stored.clear();
      return new Map(chunks.map((chunk) => [chunk.index, chunk]));
    }

    test("stores only the others, and tells all of them", async () => {
      const earlier = await earlierRun();
      earlier.delete(2);
      const result = await archiveStream(
        blocks(tar),
        stages({ stored: earlier }),
        new AbortController(),
      );
      expect([...stored.keys()]).toEqual(["web.1.tar.00000002.gz.gpg"]);
      expect(result.chunks.map(({ index }) => index)).toEqual([1, 2, 3, 4]);
      expect(result.tar).toEqual({ length: tar.length, sha256: sha256(tar) });
    });

    test.each([
      ["a byte differs", () => Buffer.concat([Buffer.of(tar.readUInt8() ^ 1), tar.subarray(1)])],
      ["the stream is longer", () => Buffer.concat([tar, Buffer.from("x")])],
      ["the stream is shorter", () => tar.subarray(0, 2 * MIB)],
    ])("goes on with none of them when %s", async (_, changed) => {
      const earlier = await earlierRun();
      await expect(
        archiveStream(blocks(changed()), stages({ stored: earlier }), new AbortController()),
      ).rejects.toThrow(JournalMismatch);
    });
  });
});

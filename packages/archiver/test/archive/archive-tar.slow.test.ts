import { randomBytes } from "node:crypto";
import { chmod, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import {
  openArchiveWriter,
  openCatalog,
  parseChunkName,
} from "@backuppc-archive-s3/backup-catalog";
import { createEncryptor, type Encryptor, type Recipients } from "@backuppc-archive-s3/gpg";
import { type ObjectStore, StoreError } from "@backuppc-archive-s3/s3-transport";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { type ArchiveOptions, archiveTar, chooseCompressor, lockHost } from "../../src/index.ts";
import { type Engine, openEngine, pieces } from "./engine.ts";

let engine: Engine;
beforeEach(async () => {
  engine = await openEngine();
});
afterEach(async () => await engine.close());

/** The keys of all chunks that are stored. */
function chunks(): string[] {
  return [...engine.objects.keys()].filter((key) => key.startsWith("chunks/"));
}

async function statuses(): Promise<string[]> {
  return (await engine.list()).map(({ status }) => status);
}

describe("archiveTar", () => {
  test("makes a complete archive, signed by the key of the working folder, that is the tar", async () => {
    const { head, compressedBy } = await engine.archive();
    expect(compressedBy).toBe("none");
    expect(head).toMatchObject({ host: "web", number: 1, status: "complete", members: 41 });
    expect(head.chunks).toBeGreaterThan(8);
    expect(head.newChunks).toBe(head.chunks);
    const opened = await openCatalog(engine.store).openArchive(head, await engine.trust());
    expect(opened.trust).toEqual({ state: "verified", signer: head.uploader });
    expect((await engine.restore(head)).equals(await engine.tar())).toBe(true);
    expect((await readdir(engine.folder)).toSorted()).toEqual([
      "signing-key.public.asc",
      "signing-key.secret.asc",
      "web.index",
      "web.lock",
    ]);
    expect(engine.notices).toEqual([]);
  });

  test("lets Node warn of no leak, however many chunks wait for threads", async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning);
    process.on("warning", onWarning);
    onTestFinished(() => void process.off("warning", onWarning));
    const start = (recipients: Recipients): Encryptor => {
      const encryptor = createEncryptor(recipients);
      return {
        ...encryptor,
        encrypt: async (plain, options) => {
          options?.signal?.addEventListener("abort", () => {});
          return await encryptor.encrypt(plain, options);
        },
      };
    };
    const { head } = await engine.archive({ encryption: { passphrase: "secret", start } });
    expect(head.chunks).toBeGreaterThan(11);
    expect(warnings).toEqual([]);
  });

  test("sends nothing again of a tree that has not changed", async () => {
    const first = await engine.archive();
    engine.wait(1);
    const second = await engine.archive({ number: 2 });
    expect(second.head).toMatchObject({
      chunks: first.head.chunks,
      newChunks: 0,
      newBytes: 0,
      storedBytes: first.head.storedBytes,
    });
    expect(chunks()).toHaveLength(first.head.chunks);
    expect((await engine.restore(second.head)).equals(await engine.tar())).toBe(true);
  });

  test("sends what has changed, and little more", async () => {
    await engine.archive();
    await engine.write("file-17", randomBytes(30_000));
    await engine.remove("file-3");
    engine.wait(1);
    const { head } = await engine.archive({ number: 2 });
    expect(head.newChunks).toBeGreaterThan(0);
    expect(head.newBytes).toBeLessThan(head.tarBytes / 2);
    expect((await engine.restore(head)).equals(await engine.tar())).toBe(true);
  });

  test("sends a chunk once that stands twice in the tar", async () => {
    const twin = randomBytes(400_000);
    for (const name of ["twin-1", "twin-2", "twin-3"]) await engine.write(name, twin);
    let uploads = 0;
    const { head } = await engine.archive({
      onChunk: ({ isNew }) => void (uploads += Number(isNew)),
    });
    expect(head.newChunks).toBe(chunks().length);
    expect(uploads).toBe(head.newChunks);
    expect(head.newChunks).toBeLessThan(head.chunks);
    expect((await engine.restore(head)).equals(await engine.tar())).toBe(true);
  });

  test("compresses with gzip, and with little memory", async () => {
    await engine.write("lines", "a line like all the others\n".repeat(50_000));
    const compressor = await chooseCompressor({ program: "gzip" });
    const { head } = await engine.archive({ compressor, memory: 1 });
    expect(head.compression).toEqual({ name: "gzip", suffix: ".gz" });
    expect(chunks().every((key) => key.endsWith(".gz"))).toBe(true);
    expect((await engine.restore(head)).equals(await engine.tar())).toBe(true);
  });

  test("bounds the length of chunks, and shares them with archives that have another bound above it", async () => {
    const first = await engine.archive({ most: 500_000_000 });
    const second = await engine.archive({ number: 2 });
    expect(second.head.newChunks).toBe(0);
    const third = await engine.archive({ number: 3, most: 20_000 });
    const manifest = await openCatalog(engine.store).readManifest(third.head);
    expect(Math.max(...manifest.chunks.map(({ tarLength }) => tarLength))).toBeLessThanOrEqual(
      20_000,
    );
    expect(third.head.chunks).toBeGreaterThan(first.head.chunks);
    expect((await engine.restore(third.head)).equals(await engine.tar())).toBe(true);
  });

  test("writes a member index of the tar", async () => {
    const { head } = await engine.archive();
    const part = await openCatalog(engine.store).readMembers(head, 1);
    const lines = gunzipSync(part).toString().trimEnd().split("\n");
    expect(lines).toHaveLength(41);
    const tar = await engine.tar();
    for (const line of lines) {
      const [offset = "", , , , , , , size, , path = ""] = line.split("\t");
      const at = Number(offset);
      expect(tar.subarray(at, at + path.length).toString()).toBe(path);
      expect(size).toBe(path.startsWith("./file") ? "30000" : "0");
    }
  });

  test("names new chunks one after the other", async () => {
    const { head } = await engine.archive();
    const names = chunks().map((key) => parseChunkName(key.slice("chunks/web/".length)));
    expect(names.map((name) => name?.attempt)).toEqual(names.map(() => head.attempt));
    expect(names.map((name) => name?.index).toSorted((a = 0, b = 0) => a - b)).toEqual(
      names.map((_, index) => index + 1),
    );
  });

  test("says in its head what BackupPC's record says", async () => {
    const backup = { type: "full", started: "2026-11-22T03:00:00.000Z" };
    const { head } = await engine.archive({ backup });
    expect(head).toMatchObject({ backup });
  });

  test("names the version of each chunk in a store that keeps them", async () => {
    let puts = 0;
    const store: ObjectStore = {
      ...engine.store,
      put: async (...given) => {
        await engine.store.put(...given);
        return { versionId: `version-${++puts}` };
      },
    };
    const { head } = await engine.archive({ store });
    const { chunks: entries } = await openCatalog(engine.store).readManifest(head);
    expect(new Set(entries.map(({ versionId }) => versionId)).size).toBe(entries.length);
    expect(entries[0]?.versionId).toMatch(/^version-\d+$/);
  });

  test("does without anyone who hears of unusual things", async () => {
    const { folder, store } = engine;
    await engine.archive();
    await writeFile(join(folder, "web.index"), "garbage");
    const options: ArchiveOptions = {
      source: pieces(await engine.tar()),
      host: "web",
      number: 1,
      store,
      writer: openArchiveWriter(store),
      location: { bucket: "offsite", prefix: "" },
      folder,
      encryption: null,
      compressor: await chooseCompressor({ program: "" }),
      memory: 8_388_608,
      workers: 1,
      connections: 1,
      tool: "test 1",
    };
    const { head } = await archiveTar(options);
    expect(head.newChunks).toBe(head.chunks);
    expect((await engine.restore(head)).equals(await engine.tar())).toBe(true);
  });

  test("tells of each chunk, and of the attempt before the first", async () => {
    const told: unknown[] = [];
    const observe: Partial<ArchiveOptions> = {
      onStarted: (started) => told.push(started),
      onChunk: (chunk) => told.push(chunk),
    };
    const { head } = await engine.archive(observe);
    expect(told).toHaveLength(head.chunks + 1);
    expect(told[0]).toEqual({ attempt: head.attempt, started: new Date(head.started) });
    expect(told[1]).toMatchObject({ isNew: true });
  });
});

describe("What is stored already", () => {
  test("is reused for fourteen days after the last archive that names it", async () => {
    await engine.archive();
    engine.wait(13);
    expect((await engine.archive()).head.newChunks).toBe(0);
    engine.wait(13.9);
    expect((await engine.archive()).head.newChunks).toBe(0);
    engine.wait(14.1);
    const { head } = await engine.archive();
    expect(head.newChunks).toBe(head.chunks);
  });

  test("by an interrupted run is reused by the next, within two days", async () => {
    let left = 5;
    const interrupted = {
      onChunk: () => {
        if (--left === 0) throw new Error("killed");
      },
    };
    await expect(engine.archive(interrupted)).rejects.toThrow("killed");
    const stored = chunks().length;
    expect(stored).toBeGreaterThanOrEqual(5);
    engine.wait(1.9);
    const { head } = await engine.archive();
    expect(head.newChunks).toBe(head.chunks - stored);
    expect((await engine.restore(head)).equals(await engine.tar())).toBe(true);
  });

  test("by a run that was interrupted longer ago is sent again", async () => {
    let left = 5;
    const interrupted = {
      onChunk: () => {
        if (--left === 0) throw new Error("killed");
      },
    };
    await expect(engine.archive(interrupted)).rejects.toThrow("killed");
    engine.wait(2.1);
    const { head } = await engine.archive();
    expect(head.newChunks).toBe(head.chunks);
  });

  test("is sent again once it is old enough, a part each night", async () => {
    const refreshAfterMs = 180 * 86_400_000;
    const { head } = await engine.archive({ refreshAfterMs });
    let sent = 0;
    for (let night = 1; night <= 18; night++) {
      engine.wait(10);
      const again = await engine.archive({ refreshAfterMs });
      expect(again.head.newChunks).toBeLessThan(head.chunks);
      sent += again.head.newChunks;
    }
    expect(sent).toBe(head.chunks);
  });

  test("is sent again, all of it, where the index was lost", async () => {
    await engine.archive();
    await rm(join(engine.folder, "web.index"));
    const { head } = await engine.archive();
    expect(head.newChunks).toBe(head.chunks);
    expect((await engine.restore(head)).equals(await engine.tar())).toBe(true);
  });

  test("is not believed where the store was emptied meanwhile", async () => {
    await engine.archive();
    engine.objects.clear();
    const { head } = await engine.archive();
    expect(head.newChunks).toBe(head.chunks);
    expect(engine.notices).toEqual([
      "all chunks are uploaded anew: the store no longer has what it had: it was emptied, made anew or rolled back, or the last run was weeks ago",
    ]);
    expect((await engine.restore(head)).equals(await engine.tar())).toBe(true);
  });

  test("is not used where the compression has changed, and that is said", async () => {
    await engine.archive();
    const compressor = await chooseCompressor({ program: "gzip" });
    const { head } = await engine.archive({ compressor });
    expect(head.newChunks).toBe(head.chunks);
    expect(engine.notices).toEqual(["all chunks are uploaded anew: the compression has changed"]);
    expect((await engine.restore(head)).equals(await engine.tar())).toBe(true);
  });

  test("is not used where the index is damaged, and that is said", async () => {
    await engine.archive();
    await writeFile(join(engine.folder, "web.index"), "garbage");
    const { head } = await engine.archive();
    expect(head.newChunks).toBe(head.chunks);
    expect(engine.notices).toEqual(["all chunks are uploaded anew: the chunk index is damaged"]);
  });

  test("is cut anew where another size is asked for, which holds from then on", async () => {
    await engine.archive();
    const { head } = await engine.archive({ mean: 131_072 });
    expect(head.newChunks).toBeGreaterThan(0);
    const notices = ["most chunks are uploaded anew: their size has changed"];
    expect(engine.notices).toEqual(notices);
    expect((await engine.archive({ mean: undefined })).head.newChunks).toBe(0);
    expect(engine.notices).toEqual(notices);
  });

  test("is shared by no two hosts", async () => {
    await engine.archive();
    const { head } = await engine.archive({ host: "mail" });
    expect(head.newChunks).toBe(head.chunks);
  });
});

describe("No archive is completed", () => {
  test("by a run that takes longer than its chunks are held", async () => {
    const slow = { onChunk: () => engine.wait(1) };
    await expect(engine.archive(slow)).rejects.toMatchObject({
      code: "too-long",
      message: expect.stringMatching(/^The archive cannot be completed: it has taken \d+\.\d days/),
    });
    expect(await statuses()).toEqual(["incomplete"]);
    expect([...engine.objects.keys()].filter((key) => key.endsWith("archive.json"))).toEqual([]);
  });

  test("of a tar that is cut, or of something else", async () => {
    const tar = await engine.tar();
    await expect(engine.archive({ source: pieces(tar.subarray(0, 51_200)) })).rejects.toMatchObject(
      {
        code: "no-tar",
      },
    );
    await expect(engine.archive({ source: pieces(randomBytes(100_000)) })).rejects.toMatchObject({
      code: "no-tar",
    });
    await expect(engine.archive({ source: pieces(Buffer.alloc(0)) })).rejects.toMatchObject({
      code: "no-tar",
    });
    expect(await statuses()).toEqual(["incomplete", "incomplete", "incomplete"]);
  });

  test("where the source breaks off, or says afterwards that it is not whole", async () => {
    const tar = await engine.tar();
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield tar.subarray(0, 100_000);
      throw new Error("the tape tore");
    };
    await expect(engine.archive({ source: broken() })).rejects.toThrow("the tape tore");
    const source = {
      open: () => pieces(tar),
      finish: () => Promise.reject(new Error("it was killed")),
    };
    await expect(engine.archive({ source })).rejects.toThrow("it was killed");
    expect(await statuses()).toEqual(["incomplete", "incomplete"]);
  });

  test.each([
    "chunks/",
    "started.json",
    "members",
    "manifest",
    "SHA256SUMS",
    "archive.json",
    "complete.",
  ])("where the store refuses %s", async (part) => {
    const refusing = {
      ...engine.store,
      put: async (...[key, body, options]: Parameters<Engine["store"]["put"]>) => {
        if (key.includes(part))
          throw new StoreError("denied", `${key} denied.`, { permanent: true });
        return await engine.store.put(key, body, options);
      },
    };
    const writer = openArchiveWriter(refusing);
    await expect(engine.archive({ store: refusing, writer })).rejects.toMatchObject({
      code: "denied",
    });
    expect(await statuses()).toEqual(part === "started.json" ? [] : ["incomplete"]);
    const { head } = await engine.archive();
    expect((await engine.restore(head)).equals(await engine.tar())).toBe(true);
  });

  test("when it is cancelled, and the next run has the lock at once", async () => {
    const controller = new AbortController();
    const cancelled = engine.archive({
      signal: controller.signal,
      onChunk: () => controller.abort(new Error("cancelled")),
    });
    await expect(cancelled).rejects.toThrow("cancelled");
    expect(await statuses()).toEqual(["incomplete"]);
    await (await lockHost(engine.folder, "web")).release();
    await expect(engine.archive({ signal: controller.signal })).rejects.toThrow("cancelled");
  });

  test.each(["chunks/", "started", "manifest", "SHA256SUMS", "archive.json", "complete."])(
    "where a proxy calls names of %s taken that nobody has used",
    async (part) => {
      await expect(engine.archive(behindProxy(part))).rejects.toMatchObject({
        code: expect.stringMatching(/^(exists|attempt-taken)$/),
      });
      expect(await statuses()).not.toContain("complete");
    },
  );

  test("is partial where the source counts errors", async () => {
    const tar = await engine.tar();
    const source = { open: () => pieces(tar), finish: async () => ({ errors: 2 }) };
    const { head } = await engine.archive({ source });
    expect(head).toMatchObject({ status: "partial", sourceErrors: 2 });
    expect(await statuses()).toEqual(["partial"]);
  });
});

test("A chunk whose name a proxy calls taken once is stored under another", async () => {
  const { head } = await engine.archive(behindProxy("chunks/", 1));
  expect((await engine.restore(head)).equals(await engine.tar())).toBe(true);
});

test("A chunk whose answer was lost once, and that is found to be there then, counts as stored", async () => {
  let lost = 0;
  const store: ObjectStore = {
    ...engine.store,
    put: async (...given) => {
      const receipt = await engine.store.put(...given);
      if (lost++ > 0) return receipt;
      throw new StoreError("exists", "412", { permanent: true, answered: false });
    },
  };
  const { head } = await engine.archive({ store });
  expect(chunks()).toHaveLength(head.chunks);
  expect((await engine.restore(head)).equals(await engine.tar())).toBe(true);
});

/** Answers so many puts of such a key with 412, and stores nothing. */
function behindProxy(part: string, times = Infinity): Pick<ArchiveOptions, "store" | "writer"> {
  let left = times;
  const store: ObjectStore = {
    ...engine.store,
    put: async (key, body, options) => {
      if (key.includes(part) && left-- > 0)
        throw new StoreError("exists", `storing ${key}: 412`, { permanent: true });
      return await engine.store.put(key, body, options);
    },
  };
  return { store, writer: openArchiveWriter(store) };
}

describe("Nothing is stored", () => {
  test.each([".hidden", "", "x".repeat(300)])(
    "for a host %j, which no script could restore",
    async (host) => {
      await expect(engine.archive({ host })).rejects.toMatchObject({ code: "invalid-archive" });
      expect(engine.objects.size).toBe(0);
    },
  );

  test("while another run holds the host's lock", async () => {
    await engine.archive();
    const lock = await lockHost(engine.folder, "web");
    const before = engine.objects.size;
    await expect(engine.archive()).rejects.toMatchObject({ code: "locked" });
    expect(engine.objects.size).toBe(before);
    await lock.release();
  });

  test("where others can write to the working folder", async () => {
    await engine.archive();
    await chmod(engine.folder, 0o777);
    const before = engine.objects.size;
    await expect(engine.archive()).rejects.toMatchObject({ code: "folder-untrusted" });
    expect(engine.objects.size).toBe(before);
  });

  test("with a signing key that is none", async () => {
    await mkdir(engine.folder, { mode: 0o700 });
    await writeFile(join(engine.folder, "signing-key.secret.asc"), "no key", { mode: 0o600 });
    await expect(engine.archive()).rejects.toMatchObject({ code: "signing-key" });
    expect(engine.objects.size).toBe(0);
    expect(await readFile(join(engine.folder, "signing-key.secret.asc"), "utf8")).toBe("no key");
  });
});

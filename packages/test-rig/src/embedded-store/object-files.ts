import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream, type ReadStream } from "node:fs";
import { access, link, mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { S3Failure } from "./s3-failure.ts";

const BUCKET = /^[a-z0-9][a-z0-9.-]{2,62}$/;

export interface ObjectFile {
  readonly key: string;
  readonly length: number;
  readonly modified: Date;
}

/**
 * Objects as files, one folder a bucket. A key becomes a file name of its hex
 * digits, cut into folders, so that no key can leave the folder or be too long.
 * A body is written beside and then renamed: no reader ever sees half of one.
 */
export class ObjectFiles {
  readonly #folder: string;
  readonly #clock: (() => Date) | undefined;

  /** @param clock says when an object is stored; the machine's unless given */
  constructor(folder: string, clock?: () => Date) {
    this.#folder = folder;
    this.#clock = clock;
  }

  async createBucket(bucket: string): Promise<void> {
    await mkdir(this.#bucket(bucket), { recursive: true });
    await mkdir(this.#incoming(), { recursive: true });
  }

  async buckets(): Promise<string[]> {
    const names = await readdir(this.#folder);
    return names.filter((name) => BUCKET.test(name)).toSorted();
  }

  /** @throws {S3Failure} NoSuchBucket */
  async needBucket(bucket: string): Promise<void> {
    const there = BUCKET.test(bucket) && (await exists(this.#bucket(bucket)));
    if (!there) throw new S3Failure(404, "NoSuchBucket", "The bucket does not exist.");
  }

  /** Writes a body to a file beside; `keep` or `drop` is called then. */
  async receive(body: AsyncIterable<Uint8Array>): Promise<Received> {
    const file = join(this.#incoming(), randomUUID());
    const sha256 = createHash("sha256");
    const md5 = createHash("md5");
    try {
      await pipeline(body, digesting([sha256, md5]), createWriteStream(file));
      const now = this.#clock?.();
      if (now !== undefined) await utimes(file, now, now);
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    }
    return { file, sha256: sha256.digest("hex"), md5: md5.digest() };
  }

  /** Puts a received body in its place, at once. @throws {S3Failure} PreconditionFailed */
  async keep(bucket: string, key: string, file: string, onlyIfAbsent: boolean): Promise<void> {
    const target = this.#file(bucket, key);
    await mkdir(join(target, ".."), { recursive: true });
    if (!onlyIfAbsent) return await rename(file, target);
    // link() fails where something is: of several racers exactly one wins.
    await link(file, target).catch(() => {
      throw new S3Failure(412, "PreconditionFailed", "The key is taken.");
    });
    await rm(file);
  }

  async drop(file: string): Promise<void> {
    await rm(file, { force: true });
  }

  /** @throws {S3Failure} NoSuchKey */
  async find(bucket: string, key: string): Promise<ObjectFile> {
    const found = await stat(this.#file(bucket, key)).catch(() => undefined);
    if (found?.isFile() !== true) throw new S3Failure(404, "NoSuchKey", "The key does not exist.");
    return { key, length: found.size, modified: found.mtime };
  }

  /** The object's MD5 in quotes. */
  async tag(bucket: string, key: string): Promise<string> {
    const md5 = createHash("md5");
    for await (const piece of createReadStream(this.#file(bucket, key))) md5.update(piece);
    return `"${md5.digest("hex")}"`;
  }

  open(bucket: string, key: string, range: { start: number; end: number }): ReadStream {
    return createReadStream(this.#file(bucket, key), range);
  }

  async delete(bucket: string, key: string): Promise<void> {
    await rm(this.#file(bucket, key), { force: true });
  }

  /** Every key of the bucket, in the order of its bytes. */
  async keys(bucket: string): Promise<string[]> {
    const folder = this.#bucket(bucket);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const names = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length));
    return names
      .map((name) => name.replaceAll(/[/.]/g, ""))
      .toSorted()
      .map((hex) => Buffer.from(hex, "hex").toString());
  }

  #bucket(bucket: string): string {
    return join(this.#folder, bucket);
  }

  #incoming(): string {
    return join(this.#folder, ".incoming");
  }

  #file(bucket: string, key: string): string {
    const parts =
      Buffer.from(key)
        .toString("hex")
        .match(/.{1,200}/g) ?? [];
    const name = parts.pop() ?? "";
    return join(this.#bucket(bucket), ...parts, `${name}.`);
  }
}

/** A body that has arrived, and what it was. */
export interface Received {
  readonly file: string;
  readonly sha256: string;
  readonly md5: Buffer;
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

function digesting(hashes: readonly { update(bytes: Uint8Array): unknown }[]) {
  return async function* (body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of body) {
      for (const hash of hashes) hash.update(piece);
      yield piece;
    }
  };
}

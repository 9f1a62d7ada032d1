import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { invalidArchive } from "../catalog-error.ts";
import { checkHost } from "../host-name.ts";
import * as keys from "../keys.ts";
import { LIMITS } from "../read/limits.ts";
import { sha256Of } from "../read/read-object.ts";
import { archiveIdSchema, startedSchema, uploaderSchema } from "../schemas.ts";
import type { ArchiveWriter } from "./archive-writer.ts";
import { AttemptPuts, putIfAbsent } from "./attempt-puts.ts";
import { commitArchive } from "./commit-archive.ts";
import { encodeRecord } from "./encode-record.ts";

/** The writing half of the catalog in the store. Opening asks the store for nothing. */
export function openArchiveWriter(store: ObjectStore): ArchiveWriter {
  const puts = new AttemptPuts(store);
  const signatures = new Map<string, Uint8Array>();
  return {
    async begin(started, options) {
      checkHost(started.host);
      const json = encodeRecord("started.json", startedSchema, started);
      puts.begin(started);
      await puts.putOnce(started, keys.startedKey(started), json, {
        ...options,
        contentType: "application/json",
      });
    },

    chunkKey: keys.chunkKey,

    async putKey(id, serial, message, options) {
      checkId(id);
      checkPart("KEY", serial, message, LIMITS.key);
      await puts.putOnce(id, keys.dataKeyKey(id, serial), message, options);
    },

    async putMembers(id, part, message, { encrypted, ...options }) {
      checkId(id);
      checkPart("members", part, message, LIMITS.members);
      await puts.putOnce(id, keys.membersKey(id, part, encrypted), message, options);
      return sha256Of(message);
    },

    async commit(archive, options) {
      // A second signature of the same head has other bytes, and either may be the one that is stored.
      const signed = async (head: Uint8Array): Promise<Uint8Array> => {
        const digest = sha256Of(head);
        const signature = signatures.get(digest) ?? (await archive.sign(head));
        signatures.set(digest, signature);
        return signature;
      };
      return await commitArchive(store, puts, archive, signed, options);
    },

    async putUploaderKey(uploader, armored, options) {
      const key = keys.uploaderKeyKey(checkUploader(uploader));
      return await putIfAbsent(store, key, Buffer.from(armored), options);
    },

    async canary(uploader, host, { id, number, kind }, options) {
      checkHost(host);
      const name = { id: checkUploader(id), number, kind };
      const key = keys.canaryKey(checkUploader(uploader), host, name);
      return await putIfAbsent(store, key, Buffer.from("canary\n"), options);
    },
  };
}

/** Parts of keys: nothing else may become one. */
function checkId(id: Parameters<ArchiveWriter["putKey"]>[0]): void {
  checkHost(id.host);
  if (!archiveIdSchema.safeParse(id).success) throw invalidArchive("its id is none");
}

function checkUploader(name: string): string {
  if (uploaderSchema.safeParse(name).success) return name;
  throw invalidArchive(`${JSON.stringify(name)} names no uploader or canary`);
}

/** The largest number of a part that keys have digits for. */
const LAST_PART = 9999;

function checkPart(name: string, number: number, { length }: Uint8Array, limit: number): void {
  const isNumber = Number.isSafeInteger(number) && number >= 1 && number <= LAST_PART;
  if (!isNumber) throw invalidArchive(`${name} has no part ${number}`);
  if (length === 0 || length > limit) throw invalidArchive(`${name} has ${length} bytes`);
}

// Each right of each role, tried on Ceph RGW by a user who has exactly the policy that `backup-manager policy bucket` prints.
import { readFile } from "node:fs/promises";
import { openArchiveWriter, openCatalog } from "@backuppc-archive-s3/backup-catalog";
import {
  bytesBody,
  createS3,
  type ObjectStore,
  StoreError,
  type VersionedStore,
  withPrefix,
} from "@backuppc-archive-s3/s3-transport";
import {
  bucketLocation,
  createBucket,
  createStoreUser,
  putBucketPolicy,
} from "@backuppc-archive-s3/test-rig";
import { expect, inject, test } from "vitest";
import { bucketPolicy } from "../../src/policy/bucket-policy.ts";
import type { Role } from "../../src/policy/command.ts";
import { probeUrl } from "../../src/script/probe-url.ts";
import { attemptOf, storeArchive } from "../store-archive.ts";
import { PLAIN_TRUST, PLAIN_VAULT } from "../vault.ts";

const rgw = inject("store");
const PREFIX = "site-a/";
const ID = { host: "web server", number: 7, attempt: attemptOf(2) };
const FOLDER = `${PREFIX}archives/web%20server/7/${ID.attempt}/`;
const PAGE = new URL("../../../../docs/threat-model.md", import.meta.url);

/** The store as a role has it, with an archive in it. */
interface Seen {
  readonly own: ObjectStore;
  readonly versions: VersionedStore;
  /** A URL that the role has signed. */
  readonly presigned: (key: string) => Promise<string>;
  readonly chunk: string;
  readonly marker: string;
}

/** What is tried: it throws, or answers with failures, where it is not allowed. */
const ACTIONS: readonly (readonly [string, (seen: Seen) => Promise<unknown>])[] = [
  ["store a new archive", async ({ own }) => await archiveAnew(own)],
  ["store a chunk under a new name", async ({ own, chunk }) => await once(own, `${chunk}.new`)],
  [
    "store a further data key (`KEY.2.gpg`)",
    async ({ own }) => await once(own, `${FOLDER}KEY.2.gpg`),
  ],
  ["store a second marker", async ({ own }) => await once(own, `${FOLDER}partial.1.1.1.1.sig`)],
  [
    "store a canary",
    async ({ own }) => await once(own, `${PREFIX}uploaders/AB/web/canary.0123456789abcdef.2.claim`),
  ],
  [
    "overwrite a chunk, with the header that refuses it",
    async ({ own, chunk }) => await once(own, chunk),
  ],
  ["overwrite a chunk, without that header", async ({ own, chunk }) => await over(own, chunk)],
  [
    "overwrite a head, without that header",
    async ({ own }) => await over(own, `${FOLDER}archive.json`),
  ],
  [
    "overwrite a data key, without that header",
    async ({ own }) => await over(own, `${FOLDER}KEY.1.gpg`),
  ],
  ["store in another server's prefix", async ({ own }) => await once(own, "site-b/x")],
  ["list archives", async ({ own }) => await listed(own, `${PREFIX}archives/`)],
  ["list another server's archives", async ({ own }) => await listed(own, "site-b/archives/")],
  ["read a chunk", async ({ own, chunk }) => await own.get(chunk)],
  [
    "read a chunk that it has stored itself",
    async ({ own, chunk }) => {
      await once(own, `${chunk}.own`);
      return await own.get(`${chunk}.own`);
    },
  ],
  ["read a head", async ({ own }) => await own.get(`${FOLDER}archive.json`)],
  ["read another server's objects", async ({ own }) => await own.get("site-b/secret")],
  [
    "sign a URL that fetches a chunk",
    async ({ presigned, chunk }) => await probeUrl(await presigned(chunk)),
  ],
  ["verify an archive", async ({ own }) => await verified(own)],
  ["delete a chunk", async ({ own, chunk }) => await gone(own, chunk)],
  ["delete a marker", async ({ own, marker }) => await gone(own, marker)],
  [
    "delete a canary",
    async ({ own }) => await gone(own, `${PREFIX}uploaders/AB/web/canary.0123456789abcdef.1.claim`),
  ],
  [
    "delete a public signing key",
    async ({ own }) => await gone(own, `${PREFIX}uploaders/AB/signing-key.public.asc`),
  ],
  ["delete another server's objects", async ({ own }) => await gone(own, "site-b/secret")],
  ["list versions", async ({ versions }) => await listedVersions(versions)],
  ["delete a version for good", async ({ versions, chunk }) => await goneForGood(versions, chunk)],
];

const ROLES: readonly (readonly [string, Role, boolean])[] = [
  ["uploader", "uploader", false],
  ["manager", "manager", false],
  ["manager, `--purge-versions`", "manager", true],
  ["signer", "signer", false],
];

test("what each role can do is what docs/threat-model.md says", async () => {
  const columns = await Promise.all(
    ROLES.map(async ([, role, purge]) => await answers(role, purge)),
  );
  const head = ["", ...ROLES.map(([name]) => name)];
  const rows = ACTIONS.map(([name], row) => [name, ...columns.map((column) => column[row] ?? "")]);
  const table = [head, head.map(() => "-"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  expect(tableIn(await readFile(PAGE, "utf8"))).toEqual(table);
});

/** As they stand in the page, without the spaces that align them. */
function tableIn(page: string): string[] {
  const [, after = ""] = page.split("<!-- roles -->");
  const lines = after.trimStart().split("\n");
  const end = lines.findIndex((line) => !line.startsWith("|"));
  return lines.slice(0, end).map((line) =>
    line
      .replaceAll(/ +/g, " ")
      .replaceAll(/-+/g, (dashes) => (dashes.length > 2 ? "-" : dashes))
      .replace(/^\| \|/, "|  |"),
  );
}

/** What a user with exactly the role's policy is answered, each time on an archive of its own. */
async function answers(role: Role, purge: boolean): Promise<string[]> {
  const found: string[] = [];
  const seen = await seenBy(role, purge);
  for (const [, action] of ACTIONS) {
    const undo = await seen.prepare();
    found.push((await isAllowed(action, seen)) ? "yes" : "no");
    await undo();
  }
  return found;
}

async function isAllowed(action: (seen: Seen) => Promise<unknown>, seen: Seen): Promise<boolean> {
  try {
    const outcome = await action(seen);
    return !(Array.isArray(outcome) && outcome.length > 0);
  } catch (error) {
    if (error instanceof StoreError && ["denied", "exists"].includes(error.code)) return false;
    if (error instanceof Error && error.message.includes("403")) return false;
    throw error;
  }
}

async function seenBy(
  role: Role,
  purge: boolean,
): Promise<Seen & { readonly prepare: () => Promise<() => Promise<void>> }> {
  const bucket = `role-${role}-${purge ? "purge-" : ""}${Date.now()}`;
  await createBucket(rgw, bucket);
  const place = { bucket, prefix: PREFIX, conditionalPuts: false, locks: false, tags: false };
  const credentials = await createStoreUser(rgw.configFile, bucket);
  const users = { [role]: `arn:aws:iam:::user/${bucket}` };
  await putBucketPolicy(rgw, bucket, bucketPolicy(users, place, purge));
  const location = bucketLocation(rgw, bucket);
  const owner = createS3(location).store;
  const { manifest } = await storeArchive(
    { store: withPrefix(owner, PREFIX), vault: PLAIN_VAULT },
    ID,
  );
  const chunk = PREFIX + openCatalog(owner).chunkKey(ID.host, manifest.chunks[0]?.name ?? "");
  const marker = (await keysOf(owner, FOLDER)).find((key) => key.includes("/complete.")) ?? "";
  const others = [
    `${FOLDER}KEY.1.gpg`,
    `${PREFIX}uploaders/AB/web/canary.0123456789abcdef.1.claim`,
    `${PREFIX}uploaders/AB/signing-key.public.asc`,
    "site-b/secret",
  ];
  for (const key of others) await owner.put(key, bytesBody(Buffer.from("x")));
  const stored = await contentsOf(owner);
  const presigner = createS3({ ...location, credentials }).presigner;
  return {
    own: createS3({ ...location, credentials }).store,
    versions: createS3({ ...location, credentials }).versions,
    presigned: async (key) => (await presigner.presign(key, 60)).url,
    chunk,
    marker,
    // After each action all is as it was.
    prepare: async () => async () => {
      for (const key of await keysOf(owner, "")) if (!stored.has(key)) await owner.delete([key]);
      for (const [key, bytes] of stored) await owner.put(key, bytesBody(bytes));
    },
  };
}

async function contentsOf(store: ObjectStore): Promise<Map<string, Buffer>> {
  const contents = new Map<string, Buffer>();
  for (const key of await keysOf(store, "")) {
    const pieces: Uint8Array[] = [];
    for await (const piece of await store.get(key)) pieces.push(piece);
    contents.set(key, Buffer.concat(pieces));
  }
  return contents;
}

async function keysOf(store: ObjectStore, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
}

async function archiveAnew(store: ObjectStore): Promise<void> {
  const writer = openArchiveWriter(withPrefix(store, PREFIX));
  await writer.putUploaderKey("CD", "key");
  await storeArchive(
    { store: withPrefix(store, PREFIX), vault: PLAIN_VAULT },
    { ...ID, attempt: attemptOf(1) },
  );
}

async function once(store: ObjectStore, key: string): Promise<void> {
  await store.put(key, bytesBody(Buffer.from("forged")), { onlyIfAbsent: true });
}

async function over(store: ObjectStore, key: string): Promise<void> {
  await store.put(key, bytesBody(Buffer.from("forged")));
}

async function listed(store: ObjectStore, prefix: string): Promise<void> {
  await keysOf(store, prefix);
}

async function verified(store: ObjectStore): Promise<unknown> {
  const catalog = openCatalog(withPrefix(store, PREFIX));
  const { archives } = await catalog.verify(await catalog.list(), PLAIN_TRUST);
  return archives.flatMap(({ findings }) => findings);
}

async function gone(store: ObjectStore, key: string): Promise<unknown> {
  return await store.delete([key]);
}

async function listedVersions(versions: VersionedStore): Promise<void> {
  for await (const _ of versions.listVersions(`${PREFIX}archives/`));
}

async function goneForGood(versions: VersionedStore, key: string): Promise<unknown> {
  return await versions.deleteVersions([{ key, version: "null" }]);
}

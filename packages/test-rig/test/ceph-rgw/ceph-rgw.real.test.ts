import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { expect, inject, test } from "vitest";
import { adminCommand } from "../../src/ceph-rgw/admin-command.ts";
import { createBucket } from "../../src/ceph-rgw/create-bucket.ts";
import { createStoreUser } from "../../src/ceph-rgw/create-store-user.ts";
import { signedRequest } from "../../src/ceph-rgw/signed-request.ts";
import { startCephRgw } from "../../src/ceph-rgw/start-ceph-rgw.ts";

const store = inject("store");

test("The store of the global set-up keeps what is put into it.", async () => {
  await createBucket(store, "rig-keeps");
  const path = "/rig-keeps/greeting";
  const put = await signedRequest(store, { method: "PUT", path, body: "hello" });
  expect(put.status).toBe(200);
  const got = await signedRequest(store, { method: "GET", path });
  expect(await got.text()).toBe("hello");
});

test("It refuses a wrong secret, and whoever does not sign.", async () => {
  const stranger = { ...store, secretAccessKey: "wrong" };
  const answer = await signedRequest(stranger, { method: "PUT", path: "/rig-strange" });
  expect(await answer.text()).toContain("SignatureDoesNotMatch");
  expect((await fetch(`${store.endpoint}/rig-strange`, { method: "PUT" })).status).toBe(403);
});

test("A suspended user is refused until it is enabled again.", async () => {
  // Not the store's own, who is what other tests use it by meanwhile.
  const user = await createStoreUser(store.configFile, "rig-suspended");
  const asUser = { ...store, ...user };
  await adminCommand(store, ["user", "suspend", `--uid=${user.userId}`]);
  const refused = await signedRequest(asUser, { method: "GET", path: "/" });
  await adminCommand(store, ["user", "enable", `--uid=${user.userId}`]);
  const accepted = await signedRequest(asUser, { method: "GET", path: "/" });
  expect([refused.status, accepted.status]).toEqual([403, 200]);
});

test("A second store stands beside the first, and leaves nothing when it stops.", async () => {
  const other = await startCephRgw();
  await createBucket(other, "rig-other");
  expect((await signedRequest(store, { method: "GET", path: "/rig-other" })).status).not.toBe(200);
  await other.stop();
  await expect(fetch(other.endpoint)).rejects.toThrow("fetch failed");
  expect(existsSync(dirname(other.configFile))).toBe(false);
  expect((await signedRequest(store, { method: "GET", path: "/" })).status).toBe(200);
});

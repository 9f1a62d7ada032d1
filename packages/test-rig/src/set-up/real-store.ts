import type { ProvidedContext } from "vitest";
import type { TestProject } from "vitest/node";
import type { CephRgwDetails } from "../ceph-rgw/admin-command.ts";
import { startCephRgw } from "../ceph-rgw/start-ceph-rgw.ts";
import { cephRgwPackages } from "../debian/debian-packages.ts";
import { installDebianPackages } from "../debian/install-debian-packages.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A Ceph RGW without buckets, which runs while the tests do. */
    store: CephRgwDetails;
  }
}

/** Global set-up of vitest: a Ceph RGW for `inject("store")`. One that does not start fails the run. Gives the tear-down. */
export default async function setUpStore(project: TestProject): Promise<() => Promise<void>> {
  const say = (line: string): unknown => process.stderr.write(`${line}\n`);
  await installDebianPackages(cephRgwPackages, say);
  const store = await startCephRgw({ say });
  const details: ProvidedContext["store"] = store.details;
  project.provide("store", details);
  return async () => await store.stop();
}

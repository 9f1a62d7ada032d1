import { openArchiveWriter, openCatalog, type Trust } from "@backuppc-archive-s3/backup-catalog";
import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import type { Site } from "../src/site.ts";
import { PLAIN_TRUST } from "./vault.ts";

/** A site whose objects are in that store, with nothing of the Python program's; archive-host is elsewhere. */
export function siteOf(store: ObjectStore, trust: Trust = PLAIN_TRUST): Site {
  const refused = async (): Promise<never> =>
    await Promise.reject(new Error("nothing is signed here"));
  const catalog = openCatalog(store);
  const presigner = { presign: refused, presignAll: refused };
  return {
    name: "s3://bucket/",
    schedule: {
      hosts: [],
      excludeHosts: [],
      every: 86_400,
      backupType: "any",
      stateDirectory: "/none",
    },
    metricsFile: undefined,
    hostsToArchive: async () => undefined,
    catalog,
    stateDirectory: "/nonexistent",
    store,
    writer: openArchiveWriter(store),
    open: async (id) => ({ ...(await catalog.open(id, trust)), bucket: "bucket", presigner }),
    vanishedHosts: async () => [],
    requester: { send: refused, close: () => {} },
    trust: async () => trust,
    passphrase: async () => undefined,
    passphraseOf: refused,
    recipients: async () => [],
    lockHost: async () => ({ kind: "elsewhere" }),
  };
}

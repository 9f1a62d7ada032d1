import type { Head } from "../archive.ts";
import * as keys from "../keys.ts";
import type { StoredRecord } from "../read/list-records.ts";
import type { Finding } from "./finding.ts";

/** Compares the records that are there with those that a head names. */
export function verifyRecords(head: Head, records: readonly StoredRecord[]): Finding[] {
  const isEncrypted = head.encryption !== null;
  const there = new Set(records.map(({ item }) => item.key));
  const findings: Finding[] = [];
  const demand = (kind: "no-sums" | "missing-members", key: string): void => {
    if (!there.delete(key)) findings.push({ kind, key });
  };
  demand("no-sums", keys.sumsKey(head, isEncrypted));
  for (const index of head.digests.members.keys())
    demand("missing-members", keys.membersKey(head, index + 1, isEncrypted));
  if (head.encryption?.passphrase === true && !records.some(({ record }) => record.kind === "key"))
    findings.push({ kind: "no-key", key: keys.dataKeyKey(head, 1) });
  const extra = records.filter(
    ({ item, record }) =>
      (record.kind === "sums" || record.kind === "members") && there.has(item.key),
  );
  return [...findings, ...extra.map(({ item }) => ({ kind: "extra" as const, key: item.key }))];
}

import {
  type BucketInspector,
  type ObjectStore,
  StoreError,
} from "@backuppc-archive-s3/s3-transport";
import { checkChecksums, checkConditionalPut, checkDigest } from "./check-put.ts";
import { failed, type Finding } from "./finding.ts";
import { rightFindings, type CheckedRole } from "./right-findings.ts";
import {
  isDenial,
  type ProbeKeys,
  tryDelete,
  tryGet,
  tryList,
  tryPut,
  UNTRIED,
} from "./try-rights.ts";

export interface StorePlace {
  /** The store's, which the keys of the inspector have before them. */
  readonly prefix: string;
  /** Of objects that do not exist yet. */
  readonly keys: ProbeKeys;
  /** Whose key it is; `both`: archive-host has no other. */
  readonly role: CheckedRole;
  /** What to do where there is no bucket. */
  readonly howToMakeBucket: string;
}

/** What was found, and what further checks go by. */
export interface CheckedStore {
  readonly findings: Finding[];
  /** False if the store cannot be used at all, so that further checks are useless. */
  readonly answers: boolean;
  /** It shows an archive; false too where this key may not list. */
  readonly hasArchives: boolean;
}

/**
 * Lists, and stores, reads and deletes small objects of its own, as the other commands and archive-host do, under names that
 * the least rights of each role allow.
 */
export async function checkStore(
  store: ObjectStore,
  inspector: BucketInspector,
  place: StorePlace,
): Promise<CheckedStore> {
  const { keys, role, howToMakeBucket } = place;
  const { error: list, first } = await tryList(store);
  if (list instanceof StoreError && list.code === "no-bucket")
    return useless({ ...failed("list", list), remedy: howToMakeBucket });
  if (list !== undefined && !isDenial(list)) return useless(failed("list", list));
  const known = { answers: true, hasArchives: first !== undefined };
  const put = await tryPut(store, keys.probe);
  if (put !== undefined) {
    const tried = { list, put, putOthers: UNTRIED, get: UNTRIED, delete: UNTRIED };
    // What needs an object was not tried.
    return { findings: rightFindings(tried, role, keys.probe).slice(0, 2), ...known };
  }
  return { findings: await checkStored(store, inspector, place, { list, first }), ...known };
}

function useless(finding: Finding): CheckedStore {
  return { findings: [finding], answers: false, hasArchives: false };
}

/** What can be tried once an object is stored. @param listed how the list ended, and the first key in it */
async function checkStored(
  store: ObjectStore,
  inspector: BucketInspector,
  { prefix, keys, role }: StorePlace,
  { list, first }: { readonly list: unknown; readonly first: string | undefined },
): Promise<Finding[]> {
  const stored = [
    await checkConditionalPut(store, keys.probe),
    await checkDigest(store, keys.wrongDigest),
    await checkChecksums(inspector, prefix + keys.probe),
  ];
  const rights = {
    list,
    put: undefined,
    putOthers: role === "manager" ? await tryPut(store, keys.other) : UNTRIED,
    // A manager reads archives alone, and everyone who may list sees one.
    get: await tryGet(store, first ?? (role === "manager" ? undefined : keys.probe)),
    delete: await tryDelete(store, keys.probe),
  };
  // Of a store that checks no digests, or a key that may store anything.
  await tryDelete(store, keys.wrongDigest);
  if (rights.putOthers === undefined) await tryDelete(store, keys.other);
  const found = rightFindings(rights, role, keys.probe);
  return [...found.slice(0, 2), ...stored, ...found.slice(2)];
}

import type { ObjectFile, ObjectFiles } from "./object-files.ts";
import { element, type Xml } from "./xml.ts";

/**
 * One page of ListObjectsV2: prefix, delimiter, start-after, max-keys, continuation, url encoding.
 *
 * @param largest keys that it may have
 */
export async function listPage(
  files: ObjectFiles,
  bucket: string,
  query: URLSearchParams,
  largest: number,
): Promise<Xml> {
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const after = fromToken(query.get("continuation-token")) ?? query.get("start-after") ?? "";
  const size = Math.min(Number(query.get("max-keys") ?? largest), largest);
  const name = encoder(query.get("encoding-type"));

  const keys = await files.keys(bucket);
  const entries = rolledUp(
    keys.filter((key) => key.startsWith(prefix)),
    prefix,
    delimiter,
  );
  const rest = entries.filter(
    (entry) => Buffer.compare(Buffer.from(entry), Buffer.from(after)) > 0,
  );
  const page = rest.slice(0, size);
  const folders = page.filter((entry) => isFolder(entry, prefix, delimiter));
  const found = page.filter((entry) => !folders.includes(entry));
  // One that was deleted since its name was read is left out, as by a store.
  const listed = await Promise.all(
    found.map(async (key) => await files.find(bucket, key).catch(() => undefined)),
  );
  const objects = listed.filter((object) => object !== undefined);
  const truncated = rest.length > size;
  return element(
    "ListBucketResult",
    element("Name", bucket),
    element("Prefix", name(prefix)),
    element("MaxKeys", String(size)),
    element("KeyCount", String(page.length)),
    element("IsTruncated", String(truncated)),
    ...(query.has("encoding-type") ? [element("EncodingType", "url")] : []),
    ...(truncated ? [element("NextContinuationToken", token(page.at(-1) ?? ""))] : []),
    ...objects.map((object) => contents(object, name)),
    ...folders.map((folder) => element("CommonPrefixes", element("Prefix", name(folder)))),
  );
}

function contents({ key, length, modified }: ObjectFile, name: (key: string) => string): Xml {
  return element(
    "Contents",
    element("Key", name(key)),
    element("LastModified", modified.toISOString()),
    element("Size", String(length)),
    element("StorageClass", "STANDARD"),
  );
}

/** Keys that share what stands before the delimiter become one entry. */
function rolledUp(keys: readonly string[], prefix: string, delimiter: string): string[] {
  if (delimiter === "") return [...keys];
  const entries = keys.map((key) => {
    const end = key.indexOf(delimiter, prefix.length);
    return end === -1 ? key : key.slice(0, end + delimiter.length);
  });
  return [...new Set(entries)];
}

function isFolder(entry: string, prefix: string, delimiter: string): boolean {
  return delimiter !== "" && entry.length > prefix.length && entry.endsWith(delimiter);
}

function encoder(type: string | null): (key: string) => string {
  if (type !== "url") return (key) => key;
  return (key) => encodeURIComponent(key).replaceAll("%2F", "/");
}

function token(key: string): string {
  return Buffer.from(key).toString("base64url");
}

function fromToken(text: string | null): string | undefined {
  return text === null ? undefined : Buffer.from(text, "base64url").toString();
}

import { asFileName, asUrl } from "./quote.ts";
import type { ObjectUrl, RestoreChunk, RestoreInput, SharedUrl } from "./restore-input.ts";
import { RestoreScriptError } from "./restore-script-error.ts";

/**
 * First the groups, each with what its chunks' names and URLs share: `= group :name :path :suffix`.
 * Then a line a chunk, of fields parted by single spaces: `group.rest bytes sha256 signature [version]`,
 * or `name bytes sha256 url`; SHA-256 is `-` where nobody knows it. None of the fields
 * holds a space or a line feed, so no line can end the here-document that it stands in.
 *
 * @throws {RestoreScriptError} codes `no-chunks` and `bad-chunk`
 */
export function chunkTable({ chunks, urls }: RestoreInput): string {
  if (chunks.length === 0) {
    throw new RestoreScriptError(
      "no-chunks",
      "The archive has no chunks.",
      "Choose another archive of the host.",
    );
  }
  refuseGaps(chunks);
  refuseTwins(chunks);
  const groups = new Map<string, number>();
  const rows = chunks.map((chunk) => tableRow(chunk, groups, urls));
  return [...[...groups].map(([group, number]) => `= ${number} ${group}`), ...rows].join("\n");
}

/** Whether the chunks can be checked: the SHA-256 of all of them is known, or of none. */
export function hasDigests(chunks: readonly RestoreChunk[]): boolean {
  return chunks.some(({ sha256 }) => sha256 !== undefined);
}

/**
 * The whole URL of an object.
 *
 * @throws {RestoreScriptError} code `bad-chunk`
 */
export function urlOf(object: ObjectUrl, urls: SharedUrl | undefined): string {
  if ("url" in object) return httpUrl(object.url);
  if (urls === undefined) throw badChunk(object.path, "URL: it has no base");
  const { path, signature, versionId } = object;
  const version = versionId === undefined ? "" : `&versionId=${encodeURIComponent(versionId)}`;
  const { base, query } = urls;
  return httpUrl(`${base}${path}?${query}${version}&X-Amz-Signature=${signature}`);
}

function tableRow(
  chunk: RestoreChunk,
  groups: Map<string, number>,
  urls: SharedUrl | undefined,
): string {
  const { name, storedLength, sha256 } = chunk;
  if (!Number.isSafeInteger(storedLength) || storedLength < 0) throw badChunk(name, "length");
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/.test(sha256)) throw badChunk(name, "SHA-256");
  if (name === "" || asFileName(name) === "") throw badChunk(name, "name");
  const tail = `${storedLength} ${sha256 ?? "-"}`;
  const url = urlOf(chunk, urls);
  if ("url" in chunk || !isShareable(chunk)) return `${asFileName(name)} ${tail} ${url}`;
  const { signature, versionId } = chunk;
  const { group, rest } = split(name, chunk.path);
  const number = groups.get(group) ?? groups.size;
  groups.set(group, number);
  const version = versionId === undefined ? "" : ` ${encodeURIComponent(versionId)}`;
  return `${number}.${rest} ${tail} ${signature}${version}`;
}

/** Whether the path ends with the name, and all is as it would stand in the URL. */
function isShareable(chunk: Extract<RestoreChunk, { path: string }>): boolean {
  const { name, path, signature } = chunk;
  return (
    asFileName(name) === name &&
    asUrl(path) === path &&
    path.endsWith(name) &&
    /^[0-9a-f]+$/.test(signature)
  );
}

/** `20261122T031500Z-5f3a9c.00000001.gz.gpg` is all shared but for its number. */
function split(name: string, path: string): { group: string; rest: string } {
  const [, attempt = "", rest = name, suffix = ""] = CHUNK_NAME.exec(name) ?? [];
  const folder = path.slice(0, path.length - name.length);
  return { group: `:${attempt} :${folder}${attempt} :${suffix}`, rest };
}

const CHUNK_NAME = /^(\d{8}T\d{6}Z-[0-9a-z]+\.)(\d+)((?:\.[A-Za-z0-9]+)*)$/;

/** The same name must be the same object: it is fetched once. */
function refuseTwins(chunks: readonly RestoreChunk[]): void {
  const seen = new Map<string, RestoreChunk>();
  for (const chunk of chunks) {
    const name = asFileName(chunk.name);
    const twin = seen.get(name);
    if (twin !== undefined && (twin.sha256 !== chunk.sha256 || chunk.sha256 === undefined))
      throw badChunk(name, "name, which another chunk has too");
    seen.set(name, chunk);
  }
}

function refuseGaps(chunks: readonly RestoreChunk[]): void {
  const gap = chunks.find(({ sha256 }) => sha256 === undefined);
  if (gap !== undefined && hasDigests(chunks)) throw badChunk(gap.name, "SHA-256: none");
}

function httpUrl(url: string): string {
  if (!/^https?:\/\//.test(url)) throw badChunk(url, "URL");
  return asUrl(url);
}

function badChunk(name: string, what: string): RestoreScriptError {
  return new RestoreScriptError(
    "bad-chunk",
    `The chunk ${JSON.stringify(name)} has an impossible ${what}.`,
    "Check the archive's manifest.",
  );
}

import { asFileName, asUrl } from "./quote.ts";
import type { ObjectUrl, RestoreChunk, RestoreInput, SharedUrl } from "./restore-input.ts";
import { RestoreScriptError } from "./restore-script-error.ts";

/**
 * First the groups, each with what its chunks' names and URLs share: `= group :name :path :suffix`.
 * Then a line a chunk, of fields parted by single spaces: `group.rest bytes sha256 signature tar-bytes [version]`,
 * or `name bytes sha256 url tar-bytes`; SHA-256 and bytes of the tar are `-` where nobody knows them. Chunks that a small
 * script is not for are a line `+ chunks tar-bytes`. None of the fields
 * holds a space or a line feed, so no line can end the here-document that it stands in.
 *
 * @throws {RestoreScriptError} codes `no-chunks` and `bad-chunk`
 */
export function chunkTable({ chunks, urls, members, only }: RestoreInput): string {
  if (chunks.length === 0) {
    throw new RestoreScriptError("no-chunks", "The archive has no chunks.");
  }
  refuseGaps(chunks);
  refuseTwins(chunks);
  if (members !== undefined) refuseUnmeasured(chunks);
  const groups = new Map<string, number>();
  const rows = runsOf(chunks, only?.chunks).map((run) =>
    "skipped" in run ? `+ ${run.skipped} ${run.tarLength}` : tableRow(run.chunk, groups, urls),
  );
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
  const { name, storedLength, tarLength = 0, sha256 } = chunk;
  if (!Number.isSafeInteger(storedLength) || storedLength < 0) throw badChunk(name, "length");
  if (!Number.isSafeInteger(tarLength) || tarLength < 0) throw badChunk(name, "length of its tar");
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/.test(sha256)) throw badChunk(name, "SHA-256");
  if (name === "" || asFileName(name) === "") throw badChunk(name, "name");
  const head = `${storedLength} ${sha256 ?? "-"}`;
  const tail = chunk.tarLength ?? "-";
  const url = urlOf(chunk, urls);
  if ("url" in chunk || !isShareable(chunk)) return `${asFileName(name)} ${head} ${url} ${tail}`;
  const { signature, versionId } = chunk;
  const { group, rest } = split(name, chunk.path);
  const number = groups.get(group) ?? groups.size;
  groups.set(group, number);
  const version = versionId === undefined ? "" : ` ${encodeURIComponent(versionId)}`;
  return `${number}.${rest} ${head} ${signature} ${tail}${version}`;
}

type Run = { readonly chunk: RestoreChunk } | { skipped: number; tarLength: number };

/** The chunks that are wanted, all unless said, and what is between them. */
function runsOf(chunks: readonly RestoreChunk[], wanted: ReadonlySet<number> | undefined): Run[] {
  const runs: Run[] = [];
  for (const [at, chunk] of chunks.entries()) {
    const last = runs.at(-1);
    const { tarLength = 0 } = chunk;
    if (wanted?.has(at) !== false) runs.push({ chunk });
    else if (last !== undefined && "skipped" in last) {
      last.skipped += 1;
      last.tarLength += tarLength;
    } else runs.push({ skipped: 1, tarLength });
  }
  return runs;
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

function refuseUnmeasured(chunks: readonly RestoreChunk[]): void {
  const bad = chunks.find(
    ({ tarLength = -1 }) => !Number.isSafeInteger(tarLength) || tarLength < 0,
  );
  if (bad !== undefined) throw badChunk(bad.name, "length of its tar");
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
  );
}

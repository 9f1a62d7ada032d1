import { chunkName, hasDigests } from "./chunk-table.ts";
import { decompressorOf } from "./decompressor.ts";
import { describeTime } from "./describe.ts";
import { asFileName, asUrl, asWord } from "./quote.ts";
import type { RestoreInput } from "./restore-input.ts";

/** What the variables at the top of the script get, by the names of their places. */
export function shellValues(input: RestoreInput): Readonly<Record<string, string>> {
  const { id, chunks, compression, encryption, sums } = input;
  const lengths = chunks.map(({ storedLength }) => storedLength);
  const tar = tarName(chunks[0]?.key ?? "", id.number);
  return {
    HOST: id.host,
    NUMBER: String(id.number),
    STATUS: input.status,
    COUNT: String(chunks.length),
    TAR_NAME: tar,
    TAR_BYTES: String(input.tarBytes ?? ""),
    STORED_BYTES: String(lengths.reduce((sum, length) => sum + length, 0)),
    LARGEST: String(lengths.reduce((largest, length) => Math.max(largest, length), 0)),
    SUFFIX: `${compression.suffix}${encryption === null ? "" : ".gpg"}`,
    DECOMPRESSOR: decompressorOf(compression) ?? "",
    SYMMETRIC: encryption?.symmetric === true ? "yes" : "",
    RECIPIENTS: encryption?.recipients.join(" ") ?? "",
    DIGESTS: hasDigests(chunks) ? "yes" : "",
    SUMS_NAME: sumsName(tar, input),
    SUMS_URL: sums === undefined ? "" : asUrl(sums.url),
    CREATED_SECONDS: inSeconds(input.created),
    EXPIRES_SECONDS: inSeconds(input.expires),
    EXPIRES: describeTime(input.expires),
    RENEW: `backup-manager script --host=${asWord(id.host)} --backup-number=${id.number}`,
  };
}

/** `gandalf.7.tar` of `…/gandalf.7.tar.00000001.gz.gpg`: what the sums call the whole. */
function tarName(key: string, number: number): string {
  const name = chunkName(key);
  const tail = `.${number}.tar`;
  const at = name.lastIndexOf(tail);
  return at === -1 ? name : name.slice(0, at + tail.length);
}

/** Under which the script keeps them: beside the chunks there may be those of other archives. */
function sumsName(tar: string, { id, encryption }: RestoreInput): string {
  const archive = [tar.replace(/\.tar$/, ""), ...(id.attempt === undefined ? [] : [id.attempt])];
  const suffix = encryption === null ? "" : ".gpg";
  return asFileName(`${archive.join(".")}.SHA256SUMS${suffix}`);
}

function inSeconds(time: Date): string {
  return String(Math.floor(time.getTime() / 1000));
}

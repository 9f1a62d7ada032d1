import { encodeHost } from "@backuppc-archive-s3/backup-catalog";
import { hasDigests, urlOf } from "./chunk-table.ts";
import { decompressorOf, isJoinable } from "./decompressor.ts";
import { chunksOf, describeTime } from "./describe.ts";
import { archiveName } from "./archive-name.ts";
import { asFileName, asUrl, asWord } from "./quote.ts";
import type { RestoreInput } from "./restore-input.ts";

/** What the variables at the top of the script get, by the names of their places. */
export function shellValues(input: RestoreInput): Readonly<Record<string, string>> {
  const { id } = input;
  const chunks = chunksOf(input);
  const lengths = chunks.map(({ storedLength }) => storedLength);
  return {
    HOST: id.host,
    NUMBER: String(id.number),
    ATTEMPT_ID: id.attempt ?? "",
    STATUS: input.status,
    ROWS: String(input.chunks.length),
    INDEX_COUNT: String(input.members?.length ?? 0),
    ONLY: yes(input.only !== undefined),
    ENCODED_HOST: encodeHost(id.host),
    TAR_BYTES: String(input.tarBytes ?? ""),
    STORED_BYTES: String(lengths.reduce((sum, length) => sum + length, 0)),
    LARGEST: String(lengths.reduce((largest, length) => Math.max(largest, length), 0)),
    DIGESTS: yes(hasDigests(input.chunks)),
    SIGNER: input.verified?.by ?? "",
    CREATED_SECONDS: inSeconds(input.created),
    EXPIRES_SECONDS: inSeconds(input.expires),
    EXPIRES: describeTime(input.expires),
    RENEW: `backup-manager script --host=${asWord(id.host)} --backup-number=${id.number} -f FILE`,
    ...ofEncryption(input),
    ...ofSums(input),
  };
}

function ofEncryption(input: RestoreInput): Record<string, string> {
  const { encryption, dataKey } = input;
  const decompressor = decompressorOf(input.compression, input.filters);
  return {
    DECOMPRESSOR: decompressor ?? "",
    JOINABLE: yes(decompressor !== undefined && isJoinable(decompressor)),
    PASSPHRASE: yes(encryption?.passphrase === true),
    RECIPIENTS: encryption?.recipients.join(" ") ?? "",
    SUBKEYS: encryption?.subkeys.join(" ") ?? "",
    DATA_KEY: yes(dataKey !== undefined),
  };
}

function ofSums(input: RestoreInput): Record<string, string> {
  const { sums, urls } = input;
  return {
    SUMS_NAME: sumsName(input),
    SUMS_URL: sums === undefined ? "" : urlOf(sums, urls),
    SUMS_SHA256: sums?.sha256 ?? "",
    MANIFEST_SHA256: sums?.manifest ?? "",
    URL_BASE: asUrl(urls?.base ?? ""),
    URL_QUERY: asUrl(urls?.query ?? ""),
  };
}

/** Under which the script keeps them: beside the chunks there may be those of other archives. */
function sumsName(input: RestoreInput): string {
  const suffix = input.encryption === null ? "" : ".gpg";
  return asFileName(`${archiveName(input)}.SHA256SUMS${suffix}`);
}

function yes(condition: boolean): string {
  return condition ? "yes" : "";
}

function inSeconds(time: Date): string {
  return String(Math.floor(time.getTime() / 1000));
}

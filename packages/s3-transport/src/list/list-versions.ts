import type { ListObjectVersionsCommandOutput, S3Client } from "@aws-sdk/client-s3";
import { requestOptions } from "../client/request-options.ts";
import { failureOf } from "../failure/store-failure.ts";
import type { CallOptions } from "../object-store.ts";
import type { S3Location } from "../s3-location.ts";
import type { StoredVersion } from "../versioned-store.ts";
import { decodeKey } from "./decode-key.ts";

/** Lists versions and delete markers page by page: 1,000 a request. */
export async function* listVersions(
  connect: () => Promise<S3Client>,
  location: S3Location,
  prefix: string,
  options: CallOptions = {},
): AsyncGenerator<StoredVersion> {
  const { ListObjectVersionsCommand } = await import("@aws-sdk/client-s3");
  const client = await connect();
  const input = { Bucket: location.bucket, Prefix: prefix, EncodingType: "url" as const };
  let place: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
  while (place !== undefined) {
    const command = new ListObjectVersionsCommand({ ...input, ...place });
    const page: ListObjectVersionsCommandOutput = await client
      .send(command, requestOptions(options))
      .catch((error: unknown) => {
        throw failureOf(error, `listing the versions of ${prefix}`, location, options.signal);
      });
    yield* versionsOf(page);
    place = nextPlace(page);
  }
}

function versionsOf({
  Versions = [],
  DeleteMarkers = [],
}: ListObjectVersionsCommandOutput): StoredVersion[] {
  const data = Versions.map((entry) => ({ ...entry, deleteMarker: false }));
  const markers = DeleteMarkers.map((entry) => ({ ...entry, Size: 0, deleteMarker: true }));
  const entries = [...data, ...markers].map(
    ({ Key = "", VersionId = "null", IsLatest = false, Size = 0, LastModified, deleteMarker }) => ({
      key: decodeKey(Key),
      version: VersionId,
      latest: IsLatest,
      length: Size,
      modified: LastModified ?? new Date(0),
      deleteMarker,
    }),
  );
  return entries.toSorted((one, other) =>
    Buffer.compare(Buffer.from(one.key), Buffer.from(other.key)),
  );
}

function nextPlace(
  page: ListObjectVersionsCommandOutput,
): { KeyMarker: string; VersionIdMarker?: string } | undefined {
  const { IsTruncated = false, NextKeyMarker, NextVersionIdMarker } = page;
  if (!IsTruncated || NextKeyMarker === undefined) return undefined;
  const KeyMarker = decodeKey(NextKeyMarker);
  return {
    KeyMarker,
    ...(NextVersionIdMarker !== undefined && { VersionIdMarker: NextVersionIdMarker }),
  };
}

import type { ListObjectVersionsCommandOutput, S3Client } from "@aws-sdk/client-s3";
import { failureOf } from "../failure/store-failure.ts";
import type { CallOptions } from "../object-store.ts";
import type { S3Location } from "../s3-location.ts";
import type { StoredVersion } from "../versioned-store.ts";

/** Lists versions and delete markers page by page: 1,000 a request. */
export async function* listVersions(
  connect: () => Promise<S3Client>,
  location: S3Location,
  prefix: string,
  { signal }: CallOptions = {},
): AsyncGenerator<StoredVersion> {
  const { ListObjectVersionsCommand } = await import("@aws-sdk/client-s3");
  const client = await connect();
  // Keys may hold what XML can't: they come url-encoded.
  const input = { Bucket: location.bucket, Prefix: prefix, EncodingType: "url" as const };
  const abort = signal === undefined ? {} : { abortSignal: signal };
  let place: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
  while (place !== undefined) {
    const command = new ListObjectVersionsCommand({ ...input, ...place });
    const page: ListObjectVersionsCommandOutput = await client
      .send(command, abort)
      .catch((error: unknown) => {
        throw failureOf(error, `listing the versions of ${prefix}`, location, signal);
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
      key: decoded(Key),
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
  const KeyMarker = decoded(NextKeyMarker);
  return {
    KeyMarker,
    ...(NextVersionIdMarker !== undefined && { VersionIdMarker: NextVersionIdMarker }),
  };
}

function decoded(key: string): string {
  return decodeURIComponent(key.replaceAll("+", " "));
}

import type { ListObjectVersionsCommandOutput, S3Client } from "@aws-sdk/client-s3";
import { requestOptions } from "../client/request-options.ts";
import { failureOf } from "../failure/store-failure.ts";
import type { ListOptions } from "../object-store.ts";
import type { S3Location } from "../s3-location.ts";
import type { StoredVersion } from "../versioned-store.ts";
import { decodeKey } from "./decode-key.ts";
import { ListGuard } from "./list-guard.ts";

/** Lists versions and delete markers page by page: 1,000 a request. */
export async function* listVersions(
  connect: () => Promise<S3Client>,
  location: S3Location,
  prefix: string,
  options: ListOptions = {},
): AsyncGenerator<StoredVersion> {
  const { ListObjectVersionsCommand } = await import("@aws-sdk/client-s3");
  const client = await connect();
  const input = { Bucket: location.bucket, Prefix: prefix, EncodingType: "url" as const };
  const doing = `listing the versions of ${prefix}`;
  const { after } = options;
  const guard = new ListGuard(location, prefix, { doing, repeats: true, after });
  let place: Place | undefined = after === undefined ? {} : { KeyMarker: after };
  while (place !== undefined) {
    const command = new ListObjectVersionsCommand({ ...input, ...place });
    const page: ListObjectVersionsCommandOutput = await client
      .send(command, requestOptions(options))
      .catch((error: unknown) => {
        throw failureOf(error, doing, location, options.signal);
      });
    const versions = versionsOf(page);
    const keys = versions.map(({ key }) => key);
    const following: Place = nextPlace(page);
    const next = following.KeyMarker && `${following.KeyMarker}\n${following.VersionIdMarker}`;
    guard.check({ truncated: page.IsTruncated, keys, next });
    yield* versions;
    place = page.IsTruncated === true ? following : undefined;
  }
}

/** Where a page begins. */
interface Place {
  readonly KeyMarker?: string;
  readonly VersionIdMarker?: string;
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

function nextPlace({ NextKeyMarker, NextVersionIdMarker }: ListObjectVersionsCommandOutput): Place {
  return {
    ...(NextKeyMarker !== undefined && { KeyMarker: decodeKey(NextKeyMarker) }),
    ...(NextVersionIdMarker !== undefined && { VersionIdMarker: NextVersionIdMarker }),
  };
}

import type { ListObjectVersionsCommandOutput, S3Client } from "@aws-sdk/client-s3";
import { checkList } from "../check/check-call.ts";
import { requestOptions } from "../client/request-options.ts";
import { failureOf } from "../failure/store-failure.ts";
import type { ListOptions } from "../object-store.ts";
import type { S3Location } from "../s3-location.ts";
import type { StoredVersion } from "../versioned-store.ts";
import { ListGuard } from "./list-guard.ts";
import { keyIn, readEntry } from "./read-entry.ts";

/** Lists versions and delete markers page by page: 1,000 a request. */
export async function* listVersions(
  connect: () => Promise<S3Client>,
  location: S3Location,
  prefix: string,
  options: ListOptions = {},
): AsyncGenerator<StoredVersion> {
  checkList(prefix, options);
  const { ListObjectVersionsCommand } = await import("../client/sdk.ts");
  const client = await connect();
  const input = { Bucket: location.bucket, Prefix: prefix, EncodingType: "url" as const };
  const doing = `listing the versions of ${prefix}`;
  const { after } = options;
  const guard = new ListGuard(location, prefix, { doing, after });
  let place: Place | undefined = after === undefined ? {} : { KeyMarker: after };
  while (place !== undefined) {
    const command = new ListObjectVersionsCommand({ ...input, ...place });
    const page: ListObjectVersionsCommandOutput = await client
      .send(command, requestOptions(options))
      .catch((error: unknown) => {
        throw failureOf(error, doing, location, options.signal);
      });
    const versions = versionsOf(page, guard);
    const keys = versions.map(({ key }) => key);
    const ids = versions.map(({ version }) => version);
    const following: Place = nextPlace(page);
    const next = following.KeyMarker && `${following.KeyMarker}\n${following.VersionIdMarker}`;
    guard.checkPrefix(page);
    guard.check({ truncated: page.IsTruncated, keys, versions: ids, next });
    yield* versions;
    place = page.IsTruncated === true ? following : undefined;
  }
}

/** Where a page begins. */
interface Place {
  readonly KeyMarker?: string;
  readonly VersionIdMarker?: string;
}

function versionsOf(
  { Versions = [], DeleteMarkers = [], EncodingType }: ListObjectVersionsCommandOutput,
  guard: ListGuard,
): StoredVersion[] {
  const data = Versions.map((entry) => ({ ...entry, deleteMarker: false }));
  const markers = DeleteMarkers.map((entry) => ({ ...entry, Size: 0, deleteMarker: true }));
  const entries = [...data, ...markers].map((entry) => {
    const object = readEntry(entry, EncodingType);
    if (object === undefined) throw guard.unreadable();
    const { VersionId: version = "null", IsLatest: latest = false, deleteMarker } = entry;
    return { ...object, version, latest, deleteMarker };
  });
  return entries.toSorted((one, other) =>
    Buffer.compare(Buffer.from(one.key), Buffer.from(other.key)),
  );
}

function nextPlace({
  NextKeyMarker,
  NextVersionIdMarker,
  EncodingType,
}: ListObjectVersionsCommandOutput): Place {
  const key = NextKeyMarker === undefined ? undefined : keyIn(NextKeyMarker, EncodingType);
  return {
    ...(key !== undefined && { KeyMarker: key }),
    ...(NextVersionIdMarker !== undefined && { VersionIdMarker: NextVersionIdMarker }),
  };
}

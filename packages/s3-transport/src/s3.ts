import { checkLocation } from "./check/check-location.ts";
import { s3Buckets, type BucketLister } from "./bucket/bucket-lister.ts";
import type { BucketInspector } from "./bucket/bucket-inspector.ts";
import { s3Inspector } from "./bucket/s3-bucket-inspector.ts";
import { connector } from "./client/connector.ts";
import { StoreClock } from "./client/store-clock.ts";
import type { LockExtender } from "./lock/lock-extender.ts";
import { s3Locks } from "./lock/s3-lock-extender.ts";
import type { ObjectStore } from "./object-store.ts";
import type { Presigner } from "./presign/presigner.ts";
import { s3Presigner } from "./presign/s3-presigner.ts";
import { ObjectPutter } from "./put/object-putter.ts";
import type { S3Location } from "./s3-location.ts";
import { s3Store } from "./s3-store.ts";
import { s3Versions } from "./s3-versioned-store.ts";
import type { VersionedStore } from "./versioned-store.ts";
import { withQuirks } from "./with-quirks.ts";

/** A bucket in S3. Each part is an interface of its own, since each needs other rights. */
export interface S3 extends AsyncDisposable {
  readonly store: ObjectStore;
  readonly versions: VersionedStore;
  readonly presigner: Presigner;
  readonly inspector: BucketInspector;
  /** Needs an `objectLock` of the location. */
  readonly locks: LockExtender;
  /** Finds the other buckets of the account. */
  readonly buckets: BucketLister;
}

/** What a location does not say. */
export interface S3Options {
  /** The time that the signatures of URLs begin at; the machine's unless given. */
  readonly now?: () => Date;
}

/**
 * A bucket in S3, all parts over one client. The SDK is loaded when the first call needs it; a PUT with keys to an
 * endpoint does not. To dispose of it ends the connections that it keeps.
 *
 * @throws {StoreError} code `invalid-input` for a location that cannot be one
 *
 * @example
 * await using s3 = createS3({ bucket: "backuppc-offsite", region: "eu-central-1" });
 * const store = withRetry(s3.store);
 * await store.put("hello.txt", bytesBody(Buffer.from("hello")));
 * const { url } = await s3.presigner.presign("hello.txt", 3600);
 */
export function createS3(location: S3Location, { now = () => new Date() }: S3Options = {}): S3 {
  checkLocation(location);
  const place = withQuirks(location);
  const clock = new StoreClock();
  const { connect, close } = connector(place, (client) => clock.watch(client));
  const putter = new ObjectPutter(place, connect, clock);
  const inspector = s3Inspector(connect, place);
  return {
    store: s3Store(connect, place, { putter, clock }),
    versions: s3Versions(connect, place, inspector),
    presigner: s3Presigner(connect, place, now),
    inspector,
    locks: s3Locks(connect, place),
    buckets: s3Buckets(connect, place),
    async [Symbol.asyncDispose]() {
      putter.close();
      await close();
    },
  };
}

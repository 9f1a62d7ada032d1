/** A bucket of the Python program, which had one for each host. */
export interface LegacyBucket {
  readonly bucket: string;
  /** In lower case, as the bucket's name is: the host's own name may have capitals. */
  readonly host: string;
  /** Of the access key that made it, in lower case. */
  readonly accessKeyId: string;
}

const NAME = /^([a-z0-9]+)-bkup-(.+)$/;

/**
 * Those of the buckets whose names are as the Python program made them: `<access key>-bkup-<host>`. A host has
 * several if its access key was changed.
 *
 * @param accessKeyIds only those of these access keys, in whatever case; of any unless given
 */
export function legacyBuckets(
  names: readonly string[],
  accessKeyIds?: readonly string[],
): LegacyBucket[] {
  const wanted = accessKeyIds?.map((id) => id.toLowerCase());
  return names.flatMap((bucket) => {
    const [, accessKeyId, host] = NAME.exec(bucket) ?? [];
    if (accessKeyId === undefined || host === undefined) return [];
    if (wanted !== undefined && !wanted.includes(accessKeyId)) return [];
    return [{ bucket, host, accessKeyId }];
  });
}

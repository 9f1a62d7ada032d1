import type { S3Client } from "@aws-sdk/client-s3";
import { HttpRequest } from "@smithy/core/protocols";

/** Where the objects of a bucket are, before any key. */
export interface BucketAddress {
  /** `https:` */
  readonly protocol: string;
  /** Name and, where the URL has one, port: what `Host` says. */
  readonly host: string;
  /** `/`, or `/bucket/` in path style. */
  readonly path: string;
}

const PROBE = "k";

/** As the SDK addresses the bucket's objects: it knows AWS's partitions and what the environment says. Sends nothing. */
export async function bucketAddress(s3: S3Client, bucket: string): Promise<BucketAddress> {
  const { GetObjectCommand } = await import("../client/sdk.ts");
  const command = new GetObjectCommand({ Bucket: bucket, Key: PROBE });
  let address: BucketAddress | undefined;
  command.middlewareStack.add(
    () =>
      async ({ request }) => {
        if (HttpRequest.isInstance(request)) address = addressIn(request);
        return { output: { $metadata: {} }, response: undefined };
      },
    { step: "build", priority: "low", name: "bucketAddress" },
  );
  await s3.send(command);
  if (address === undefined) throw new Error("The SDK has made no request.");
  return address;
}

function addressIn({ protocol, hostname, port, path }: HttpRequest): BucketAddress {
  return {
    protocol,
    host: port === undefined ? hostname : `${hostname}:${port}`,
    path: path.slice(0, -PROBE.length),
  };
}

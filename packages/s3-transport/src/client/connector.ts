import type { S3Client } from "@aws-sdk/client-s3";
import type { S3Location } from "../s3-location.ts";
import { createS3Client } from "./s3-client.ts";

/** Gives the one client of a location. */
export type Connect = () => Promise<S3Client>;

/**
 * One client, made by the first call that needs it: who stores nothing need not load the SDK.
 *
 * @param prepare adds to the client, once
 */
export function connector(
  location: S3Location,
  prepare: (client: S3Client) => void = () => {},
): {
  readonly connect: Connect;
  /** Ends the client's connections. A later `connect` makes another client. */
  readonly close: () => Promise<void>;
} {
  let client: Promise<S3Client> | undefined;
  const make = async (): Promise<S3Client> => {
    const made = await createS3Client(location);
    prepare(made);
    return made;
  };
  return {
    connect: () => (client ??= make()),
    async close() {
      const made = client;
      client = undefined;
      (await made)?.destroy();
    },
  };
}

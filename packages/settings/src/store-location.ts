import { PROVIDERS } from "./providers.ts";
import type { Settings } from "./schema.ts";

/** Where the store is and how to reach it: what a client of S3 needs of the configuration. */
export interface StoreLocation {
  readonly bucket: string;
  readonly region: string;
  readonly endpoint: string | undefined;
  readonly forcePathStyle: boolean;
  /** Whether it refuses a PUT with `If-None-Match: *` of a key that exists. */
  readonly conditionalPut: boolean;
  /** Undefined leaves it to the SDK's default chain. In clear: for the client alone. */
  readonly credentials:
    | {
        readonly accessKeyId: string;
        readonly secretAccessKey: string;
        readonly sessionToken?: string;
      }
    | undefined;
  readonly connections: number;
}

/** The store that the configuration names, with its provider's quirks. */
export function storeLocation(settings: Settings): StoreLocation {
  const { bucket, region, endpoint, connections } = settings;
  const provider = settings.provider ?? (endpoint === undefined ? "aws" : "other");
  const { forcePathStyle, conditionalPut } = PROVIDERS[provider];
  const credentials = credentialsOf(settings);
  return { bucket, region, endpoint, forcePathStyle, conditionalPut, connections, credentials };
}

function credentialsOf(settings: Settings): StoreLocation["credentials"] {
  const { accessKeyId, secretAccessKey, sessionToken } = settings;
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return {
    accessKeyId,
    secretAccessKey: secretAccessKey.reveal(),
    ...(sessionToken !== undefined && { sessionToken: sessionToken.reveal() }),
  };
}

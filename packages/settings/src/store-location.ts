import { PROVIDERS, type ProviderQuirks } from "./providers.ts";
import type { Settings } from "./schema.ts";

/** Where the store is and how to reach it: what a client of S3 needs of the configuration. */
export interface StoreLocation {
  readonly bucket: string;
  readonly region: string;
  readonly endpoint: string | undefined;
  readonly forcePathStyle: boolean;
  /** As {@link ProviderQuirks} has them. */
  readonly conditionalPut: ProviderQuirks["conditionalPut"];
  readonly checksum: ProviderQuirks["checksum"];
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
  const { reasons: _, ...quirks } = PROVIDERS[provider];
  return { bucket, region, endpoint, ...quirks, connections, credentials: credentialsOf(settings) };
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

import type { Encryption } from "@backuppc-archive-s3/backup-catalog";
import type { Binding } from "../index/epoch.ts";
import type { ArchiveOptions } from "./archive-options.ts";

/** What the chunks of this archive have in common with those that it may reuse. */
export function bindingOf(options: ArchiveOptions, uploader: string): Binding {
  const { host, encryption, compressor, location } = options;
  const { publicKeys = [], passphrase } = encryption ?? {};
  return {
    host,
    encrypted: encryption !== null,
    passphrase,
    subkeys: publicKeys.map(({ subkey }) => subkey),
    compression: { name: compressor.name, suffix: compressor.suffix },
    store: {
      bucket: location.bucket,
      endpoint: location.endpoint ?? null,
      prefix: location.prefix,
    },
    uploader,
  };
}

/** Who can open the archive, as its head says. */
export function encryptionOf({ encryption }: ArchiveOptions): Encryption | null {
  if (encryption === null) return null;
  const { passphrase, publicKeys = [] } = encryption;
  return {
    passphrase: passphrase !== undefined,
    recipients: publicKeys.map(({ fingerprint }) => fingerprint),
    subkeys: publicKeys.map(({ subkey }) => subkey),
  };
}

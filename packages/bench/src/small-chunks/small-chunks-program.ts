// Archives the tar on stdin as host `bench` in chunks that are smaller than archive-host makes them:
// `node small-chunks-program.js CONFIG FOLDER NUMBER LONGEST_CHUNK`.
import { archiveTar, chooseCompressor } from "@backuppc-archive-s3/archiver";
import { openArchiveWriter } from "@backuppc-archive-s3/backup-catalog";
import { createEncryptorPool } from "@backuppc-archive-s3/gpg";
import { createS3, withPrefix } from "@backuppc-archive-s3/s3-transport";
import { loadSettings, resolvePassphrase, storeLocation } from "@backuppc-archive-s3/settings";

const [config = "", folder = "", number = "", most = ""] = process.argv.slice(2);
const environment = { BACKUPPC_ARCHIVE_S3_CONFIG: config };
const settings = await loadSettings({ environment });
const { bucket, endpoint, prefix } = settings;
const location = storeLocation(settings, { reload: () => loadSettings({ environment }) });
const store = withPrefix(createS3(location).store, prefix);
const secret = await resolvePassphrase(settings, { signal: new AbortController().signal });
await archiveTar({
  source: process.stdin,
  host: "bench",
  number: Number(number),
  store,
  writer: openArchiveWriter(store),
  location: { bucket, endpoint, prefix },
  folder,
  encryption: {
    passphrase: secret?.reveal(),
    start: (recipients) => createEncryptorPool(recipients, { workers: 2 }),
  },
  compressor: await chooseCompressor({ program: "" }),
  memory: 64 * 2 ** 20,
  workers: 2,
  connections: 8,
  most: Number(most),
  tool: "bench",
});
process.exit();

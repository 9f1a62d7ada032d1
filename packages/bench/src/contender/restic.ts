import { ensured } from "./ensured.ts";
import type { ShellPeer } from "./shell-peer.ts";

const REPOSITORY = `export RESTIC_PASSWORD_FILE="$PASSPHRASE_FILE" RESTIC_CACHE_DIR="$SCRATCH/cache"
export RESTIC_REPOSITORY="s3:$ENDPOINT/$BUCKET/restic-$RUN"`;
const STDIN = `--stdin --stdin-filename bench.tar`;

/** The tar, as archive-host gets it; a repository of its own for each run. */
export const restic: ShellPeer = restics(
  "restic backup --stdin",
  `"$TAR_CREATE" | restic backup --quiet --compression off ${STDIN}`,
);

/** Compressed by zstd, as restic does by default. */
export const compressingRestic: ShellPeer = restics(
  "restic backup --stdin, zstd",
  `"$TAR_CREATE" | restic backup --quiet --compression auto ${STDIN}`,
);

/** The files themselves: those with an old time are not read again. */
export const resticOfFolder: ShellPeer = restics(
  "restic backup FOLDER",
  `restic backup --quiet --compression off "$TREE"`,
);

function restics(name: string, backup: string): ShellPeer {
  return {
    name,
    packages: ["restic"],
    before: ensured(`${REPOSITORY}\nrestic init --quiet`),
    script: `${REPOSITORY}\n${backup}`,
  };
}

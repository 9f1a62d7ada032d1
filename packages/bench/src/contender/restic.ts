import { ensured } from "./ensured.ts";
import type { ShellPeer } from "./shell-peer.ts";

const REPOSITORY = `export RESTIC_PASSWORD_FILE="$PASSPHRASE_FILE" RESTIC_CACHE_DIR="$SCRATCH/cache"
export RESTIC_REPOSITORY="s3:$ENDPOINT/$BUCKET/restic-$RUN"`;

/** A repository of its own for each run: what it holds already it would not store again. Not compressed, as all here. */
export const restic: ShellPeer = {
  name: "restic backup --stdin",
  packages: ["restic"],
  before: ensured(`${REPOSITORY}\nrestic init --quiet`),
  script: `${REPOSITORY}
"$TAR_CREATE" | restic backup --quiet --compression off --stdin --stdin-filename bench.tar`,
};

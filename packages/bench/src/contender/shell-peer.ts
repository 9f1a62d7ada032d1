import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Contender } from "../measure/in-turn.ts";
import type { Command } from "../measure/measured-run.ts";
import type { Scene } from "./scene.ts";

export interface ShellPeer {
  readonly name: string;
  /** Debian's packages that it needs. */
  readonly packages: readonly string[];
  /** For bash, with the variables of {@link variables}. */
  readonly script: string;
  /** Run before it, unmeasured: makes repositories. */
  readonly before?: (command: Command) => Promise<void>;
}

/** A peer that is a few lines of shell, in a fresh scratch folder for each run. */
export function shellPeer(scene: Scene, { name, script, before }: ShellPeer): Contender {
  const scratch = join(scene.folder, "scratch");
  return {
    name,
    prepare: async (run) => {
      await mkdir(join(scene.folder, "gnupg"), { recursive: true, mode: 0o700 });
      await rm(scratch, { recursive: true, force: true });
      await mkdir(scratch);
      const env = variables(scene, scratch, run);
      const command = { program: "/bin/bash", args: ["-c", `set -eo pipefail\n${script}`], env };
      await before?.(command);
      return command;
    },
    putAway: async () => {
      await rm(scratch, { recursive: true, force: true });
      await scene.putAway();
    },
  };
}

/** What the scripts know. The keys are those of a store that lives for this run only. */
function variables(scene: Scene, scratch: string, run: number): Record<string, string> {
  const { target, input, chunkSize, passphraseFile, folder } = scene;
  return {
    PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
    HOME: folder,
    GNUPGHOME: join(folder, "gnupg"),
    LC_ALL: "C.UTF-8",
    TAR_CREATE: input.tarCreate,
    TREE: input.tree,
    CHUNK: `${chunkSize}`,
    SCRATCH: scratch,
    RUN: `${run}`,
    PASSPHRASE_FILE: passphraseFile,
    GPG: `gpg --batch --no-tty --quiet --pinentry-mode loopback --passphrase-file ${passphraseFile} ${MESSAGE} --symmetric`,
    GPG_MESSAGE: MESSAGE,
    ENDPOINT: target.endpoint,
    BUCKET: target.bucket,
    AWS_ACCESS_KEY_ID: target.accessKeyId,
    AWS_SECRET_ACCESS_KEY: target.secretAccessKey,
    AWS_DEFAULT_REGION: target.region,
  };
}

/**
 * The messages that archive-host makes: AES-256, not compressed, and as many rounds over the passphrase. With
 * its own count gpg would take 0.1 s more for each chunk, which is no part of the comparison.
 */
const MESSAGE =
  "--s2k-count 16777216 --s2k-digest-algo SHA256 --cipher-algo AES256 --compress-algo none";

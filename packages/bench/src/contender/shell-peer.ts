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
      await rm(scratch, { recursive: true, force: true });
      const command = await shellCommand(scene, script, scratch, `${run}`);
      await before?.(command);
      return command;
    },
    putAway: async () => {
      await rm(scratch, { recursive: true, force: true });
      await scene.putAway();
    },
  };
}

/** The same peer night after night: what it stored and what it keeps in its scratch folder stay. */
export function nightlyPeer(scene: Scene, { name, script, before }: ShellPeer): Contender {
  const own = name.replaceAll(/\W+/g, "-");
  return {
    name,
    prepare: async (night) => {
      const command = await shellCommand(scene, script, join(scene.folder, own), own);
      if (night === 1) await before?.(command);
      return command;
    },
  };
}

async function shellCommand(
  scene: Scene,
  script: string,
  scratch: string,
  run: string,
): Promise<Command> {
  await mkdir(join(scene.folder, "gnupg"), { recursive: true, mode: 0o700 });
  await mkdir(scratch, { recursive: true });
  const env = variables(scene, scratch, run);
  return { program: "/bin/bash", args: ["-c", `set -eo pipefail\n${script}`], env };
}

/** What the scripts know. The keys are those of a store that lives for this run only. */
function variables(scene: Scene, scratch: string, run: string): Record<string, string> {
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
    RUN: run,
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

/** AES-256 and no compression, as archive-host's messages; all else as gpg does it by default. */
const MESSAGE = "--cipher-algo AES256 --compress-algo none";

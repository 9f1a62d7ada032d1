import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Contender } from "../measure/in-turn.ts";
import { type Setting, writeConfiguration } from "../store/write-configuration.ts";
import type { Scene } from "./scene.ts";

/** The bundle that users install. */
export const ARCHIVE_HOST: string = fileURLToPath(
  new URL("../../../../apps/archive-host/dist/archive-host.mjs", import.meta.url),
);

export interface ArchiveHostOptions {
  readonly name?: string;
  /** Another build of it. */
  readonly program?: string;
  readonly host?: string;
  /** The program's path, as BackupPC gives it. */
  readonly compression?: string;
  /** Keeps the working directory from run to run, so that each is the night after the one before. */
  readonly nightly?: boolean;
  /** More lines of the configuration. */
  readonly settings?: Readonly<Record<string, Setting>>;
}

/** Our own: the bundle that users install, with the eleven arguments that BackupPC gives. */
export function archiveHost(scene: Scene, options: ArchiveHostOptions = {}): Contender {
  const {
    name = "archive-host",
    program = ARCHIVE_HOST,
    host = "bench",
    nightly = false,
  } = options;
  const { compression = "/bin/cat", settings = {} } = options;
  const { folder, input, mean, target, passphraseFile, putAway } = scene;
  const work = workFolder(scene, host);
  return {
    name,
    ...(nightly ? {} : { putAway }),
    prepare: async (run) => {
      // What an earlier run stored would not be sent again.
      if (!nightly) await rm(work, { recursive: true, force: true });
      await mkdir(work, { recursive: true, mode: 0o700 });
      const chunkSize = `${mean / 2 ** 20}MiB`;
      const lines = { passphraseFile, chunkSize, stateDirectory: work, ...settings };
      const configuration = await writeConfiguration(folder, target, lines);
      const asked = [host, `${run + 1}`, compression, "", "0", work, "0", "*"];
      return {
        program: process.execPath,
        args: [program, input.tarCreate, "", "", ...asked],
        env: { PATH: "/usr/bin:/bin", BACKUPPC_ARCHIVE_S3_CONFIG: configuration },
      };
    },
  };
}

/** The working directory, with the host's index of chunks and the signing key. */
export function workFolder({ folder }: Scene, host = "bench"): string {
  return join(folder, `work-${host}`);
}

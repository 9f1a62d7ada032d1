import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Contender } from "../measure/in-turn.ts";
import { writeConfiguration } from "../store/write-configuration.ts";
import type { Scene } from "./scene.ts";

/** The bundle that users install. */
export const ARCHIVE_HOST: string = fileURLToPath(
  new URL("../../../../apps/archive-host/dist/archive-host.js", import.meta.url),
);

export interface ArchiveHostOptions {
  readonly name?: string;
  /** Another build of it. */
  readonly program?: string;
  readonly host?: string;
  /** The program's path, as BackupPC gives it. */
  readonly compression?: string;
  /** More lines of the configuration. */
  readonly settings?: Readonly<Record<string, string | number>>;
}

/** Our own: the bundle that users install, with the eleven arguments that BackupPC gives. */
export function archiveHost(scene: Scene, options: ArchiveHostOptions = {}): Contender {
  const {
    name = "archive-host",
    program = ARCHIVE_HOST,
    host = "bench",
    compression = "/bin/cat",
    settings = {},
  } = options;
  const { folder, input, chunkSize, target, passphraseFile, putAway } = scene;
  const work = join(folder, "work");
  return {
    name,
    putAway,
    prepare: async (run) => {
      await mkdir(work, { recursive: true });
      const lines = { passphraseFile, ...settings };
      const configuration = await writeConfiguration(folder, target, lines);
      const asked = [host, `${run + 1}`, compression, "", `${chunkSize}`, work, "0", "*"];
      return {
        program: process.execPath,
        args: [program, input.tarCreate, "", "", ...asked],
        env: { PATH: "/usr/bin:/bin", BACKUPPC_ARCHIVE_S3_CONFIG: configuration },
      };
    },
  };
}

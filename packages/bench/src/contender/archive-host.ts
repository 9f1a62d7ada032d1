import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Contender } from "../measure/in-turn.ts";
import type { Scene } from "./scene.ts";

const ARCHIVE_HOST = fileURLToPath(
  new URL("../../../../apps/archive-host/dist/archive-host.js", import.meta.url),
);

export interface ArchiveHostOptions {
  readonly name?: string;
  /** Another build of it. */
  readonly program?: string;
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
    compression = "/bin/cat",
    settings = {},
  } = options;
  const { folder, input, chunkSize, target, passphraseFile, putAway } = scene;
  const configuration = join(folder, "config.toml");
  const work = join(folder, "work");
  return {
    name,
    putAway,
    prepare: async (run) => {
      await mkdir(work, { recursive: true });
      const lines = Object.entries({ ...target, passphraseFile, ...settings }).map(
        ([key, value]) => `${key} = ${JSON.stringify(value)}\n`,
      );
      await writeFile(configuration, lines.join(""), { mode: 0o600 });
      const asked = ["bench", `${run + 1}`, compression, "", `${chunkSize}`, work, "0", "*"];
      return {
        program: process.execPath,
        args: [program, input.tarCreate, "", "", ...asked],
        env: { PATH: "/usr/bin:/bin", BACKUPPC_ARCHIVE_S3_CONFIG: configuration },
      };
    },
  };
}

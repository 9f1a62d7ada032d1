import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Contender } from "../measure/in-turn.ts";

/** What a restore is made from, all in one folder: `restore.sh`, `chunks/` as its --download keeps them, `passphrase`. */
export interface RestoreScene {
  readonly folder: string;
}

/** The restore script beside the bare loop that a person would type, and with the download on top. */
export function restores({ folder }: RestoreScene): Contender[] {
  return [
    restore(
      folder,
      "restore script, chunks kept",
      'sh restore.sh --passphrase-file passphrase --download chunks "$1"',
    ),
    restore(folder, "bare loop of gpg and tar", LOOP),
    restore(
      folder,
      "restore script, from the store",
      'sh restore.sh --passphrase-file passphrase "$1"',
    ),
  ];
}

const LOOP = `for f in chunks/*.tar.*; do
  gpg --batch --quiet --pinentry-mode loopback --passphrase-file passphrase -d "$f" || exit
done | tar -xpf - -C "$1"`;

function restore(folder: string, name: string, script: string): Contender {
  const target = join(folder, "restored");
  const temporary = join(folder, "temporary");
  const file = join(folder, `${name.replaceAll(/\W+/g, "-")}.sh`);
  return {
    name,
    prepare: async () => {
      await writeFile(file, script);
      for (const path of [target, temporary]) {
        await rm(path, { recursive: true, force: true });
        await mkdir(path, { mode: 0o700 });
      }
      const env = { PATH: "/usr/bin:/bin", TMPDIR: temporary, GNUPGHOME: join(folder, "gnupg") };
      return {
        program: "/bin/sh",
        args: ["-c", `cd "$1" && exec sh "$2" "$3"`, "restore", folder, file, target],
        env,
      };
    },
  };
}

import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Contender } from "../measure/in-turn.ts";

/**
 * What a restore is made from, all in one folder: `restore.sh`, `chunks/` as its --download keeps them with their
 * `order` and `data-key`, `by-gpg/`, the same tar in chunks of gpg's own, and `passphrase`.
 */
export interface RestoreScene {
  readonly folder: string;
}

/**
 * The restore script; gpg alone over the same chunks; the loop over gpg's own; and the script with the download on top.
 *
 * @param decompress before the loops' tar, with its pipe
 */
export function restores({ folder }: RestoreScene, decompress = ""): Contender[] {
  const script = "sh restore.sh --passphrase-file passphrase";
  const then = `${decompress} tar -xpf - -C "$1"`;
  const ours = loop("sed 's,^,chunks/,' order", "data-key", then);
  return [
    restore(folder, "restore script, chunks kept", `${script} --download chunks "$1"`),
    restore(folder, "gpg -d of the same chunks, tar", ours),
    restore(folder, "gpg -d of gpg's own chunks, tar", loop("ls by-gpg/*.gpg", "passphrase", then)),
    restore(folder, "restore script, from the store", `${script} "$1"`),
  ];
}

function loop(chunks: string, passphraseFile: string, then: string): string {
  return `${chunks} | while read -r f; do
  gpg --batch --quiet --pinentry-mode loopback --passphrase-file ${passphraseFile} -d "$f" || exit
done | ${then}`;
}

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

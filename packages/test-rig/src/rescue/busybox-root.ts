import { copyFile, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { ensureProgram } from "../program/ensure-program.ts";

/** The root of a system in a folder of its own. */
export interface BusyboxRoot {
  readonly folder: string;
  remove(): Promise<void>;
}

/**
 * A bare root for chroot: busybox under all its names, the programs given with the
 * libraries that they need, /dev/null, /tmp, and nothing else at all.
 *
 * @param programs by their paths here, such as `/usr/bin/gpg`
 * @throws {RigError} where this is not root, or a program is missing
 */
export async function busyboxRoot(programs: readonly string[]): Promise<BusyboxRoot> {
  const folder = await mkdtemp(join(tmpdir(), "busybox-root-"));
  for (const directory of ["bin", "dev", "tmp"]) await mkdir(join(folder, directory));
  const busybox = (await ensureProgram("sh", ["-c", "command -v busybox"])).trim();
  for (const program of [busybox, ...programs]) await copyProgram(program, folder);
  const names = (await ensureProgram(busybox, ["--list"])).trim().split("\n");
  for (const name of names.filter((other) => other !== "busybox")) {
    await symlink("busybox", join(folder, "bin", name));
  }
  await ensureProgram("mknod", ["-m", "666", join(folder, "dev", "null"), "c", "1", "3"]);
  return {
    folder,
    remove: async () => {
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Into its /bin; the libraries to where the loader looks for them. */
async function copyProgram(program: string, folder: string): Promise<void> {
  await copyFile(program, join(folder, "bin", basename(program)));
  const needed = await ensureProgram("ldd", [program]);
  for (const [, library = ""] of needed.matchAll(/(\/\S+) \(0x/g)) {
    await mkdir(join(folder, dirname(library)), { recursive: true });
    await copyFile(library, join(folder, library));
  }
}

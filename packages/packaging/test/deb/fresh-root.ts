import { execFile } from "node:child_process";
import { copyFile, cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { debianRoot } from "@backuppc-archive-s3/test-rig";

const run = promisify(execFile);

/** A minimal Debian of one's own, to install into. */
export interface FreshRoot {
  readonly folder: string;
  /** Runs a text of sh(1) in it, as root; gives what it prints. What it leaves running is ended. @throws if a command fails */
  readonly run: (script: string) => Promise<string>;
  /** A text as a file in it. */
  readonly write: (path: string, text: string) => Promise<void>;
  /** A file of this machine, into /tmp. @returns its path there */
  readonly bring: (file: string) => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** A copy of the root that debootstrap has made of a suite; apt works in it. */
export async function freshRoot(suite: string): Promise<FreshRoot> {
  const base = await debianRoot({ suite, packages: ["ca-certificates"] });
  const folder = await mkdtemp("/var/tmp/fresh-root-");
  await run("cp", ["--archive", "--reflink=auto", `${base}/.`, folder]);
  for (const file of ["etc/resolv.conf", "etc/hosts"])
    await cp(`/${file}`, join(folder, file), { dereference: true, force: true });
  // A package that is installed starts no service.
  await writeFile(join(folder, "usr/sbin/policy-rc.d"), "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  return {
    folder,
    run: async (script) => await runIn(folder, script),
    write: async (path, text) => await writeFile(join(folder, path), text),
    bring: async (file) => {
      await copyFile(file, join(folder, "tmp", basename(file)));
      return `/tmp/${basename(file)}`;
    },
    remove: async () => await rm(folder, { recursive: true, force: true }),
  };
}

/**
 * With processes, mounts and System V memory of its own, which end with the script: a BackupPC in it has its sockets below the
 * root, and neither sees nor signals one of this machine. The network is the machine's, for apt and for a store on the loopback.
 */
async function runIn(folder: string, script: string): Promise<string> {
  const within =
    'mount -t proc proc "$1/proc"; mount --rbind /dev "$1/dev"; exec chroot "$1" /bin/sh -euc "$2"';
  const own = ["--mount", "--pid", "--ipc", "--fork", "--kill-child"];
  const { stdout } = await run("unshare", [...own, "sh", "-euc", within, "sh", folder, script], {
    env: {
      PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
      DEBIAN_FRONTEND: "noninteractive",
      LC_ALL: "C.UTF-8",
    },
    maxBuffer: 2 ** 26,
  });
  return stdout;
}

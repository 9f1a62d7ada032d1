import { mkdir, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { installDebianPackages } from "../debian/install-debian-packages.ts";
import { ensureProgram } from "../program/ensure-program.ts";
import { RigError } from "../rig-error.ts";
import type { Say } from "../say.ts";

export interface DebianRootOptions {
  /** `bookworm`, `trixie`. */
  readonly suite: string;
  /** Beside those of a minimal system. */
  readonly packages: readonly string[];
  readonly say?: Say;
}

/** Roots take a minute to make, so they stay there for the next run. */
const CACHE = "/var/cache/backuppc-archive-s3-test-rig";

/**
 * The folder of a minimal Debian, for chroot: as a rescue system that has little.
 * Made by debootstrap from apt's own mirror unless it is there from an earlier call. Use what is
 * in it, change nothing but a folder of your own in its /tmp.
 *
 * @throws {RigError} `not-root`, `missing`, or `program-failed` where the mirror cannot be reached
 */
export async function debianRoot({
  suite,
  packages,
  say = () => {},
}: DebianRootOptions): Promise<string> {
  const root = join(CACHE, [suite, ...packages.toSorted()].join("+"));
  if (await isFolder(root)) return root;
  if (process.getuid?.() !== 0) {
    throw new RigError("not-root", "Only root can make the root of a system.", {
      hint: "Run the tests as root.",
    });
  }
  await installDebianPackages([{ name: "debootstrap", reason: "makes minimal systems" }], say);
  say(`Debian ${suite}: debootstrap into ${root}, about a minute`);
  await makeRoot(root, suite, packages);
  return root;
}

/** Whole or not at all: it gets its name at the end. */
async function makeRoot(root: string, suite: string, packages: readonly string[]): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const unfinished = await mkdtemp(`${root}.unfinished.`);
  try {
    const include = `--include=${packages.join(",")}`;
    const where = [suite, unfinished, await mirror()];
    await ensureProgram("debootstrap", ["--variant=minbase", include, ...where]);
    await ensureProgram("chmod", ["755", unfinished]);
    await rename(unfinished, root);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/** Where apt gets Debian itself from. */
async function mirror(): Promise<string> {
  const which = ["--format", "$(REPO_URI)", "Created-By: Packages", "Origin: Debian"];
  const [uri] = (await ensureProgram("apt-get", ["indextargets", ...which])).split("\n");
  if (uri !== undefined && uri !== "") return uri;
  throw new RigError("missing", "apt knows no mirror of Debian.", {
    hint: "Add one to /etc/apt/sources.list.",
  });
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

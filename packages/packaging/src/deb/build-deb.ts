import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type ContentsOptions, contentsOf } from "./contents.ts";
import { controlOf } from "./control.ts";
import { type Entry, file, type FileEntry, program } from "./entry.ts";

/**
 * Builds a Debian package with dpkg-deb(1): the same bytes from the same sources, wherever and whenever.
 *
 * @returns the path of the file that was written into `output`
 */
export async function buildDeb(options: ContentsOptions, output: string): Promise<string> {
  const { kind, version, date } = options;
  const folder = await mkdtemp(join(tmpdir(), "build-deb-"));
  try {
    const tree = join(folder, "tree");
    const entries = await contentsOf(options);
    await writeEntries(tree, [...entries, ...(await controlFiles(options, entries))], date);
    const deb = join(output, `${kind.name}_${version}_${kind.architecture}.deb`);
    // It gives every folder the time of SOURCE_DATE_EPOCH, too: none may be later.
    const build = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", tree, deb];
    await run("env", [`SOURCE_DATE_EPOCH=${date}`, ...build]);
    return deb;
  } finally {
    await rm(folder, { recursive: true });
  }
}

const run = promisify(execFile);

async function writeEntries(tree: string, entries: readonly Entry[], date: number): Promise<void> {
  for (const folder of [".", ...foldersOf(entries)]) {
    await mkdir(join(tree, folder));
    // Whatever the umask takes.
    await chmod(join(tree, folder), 0o755);
  }
  for (const entry of entries) {
    const path = join(tree, entry.path);
    if ("target" in entry) {
      await symlink(entry.target, path);
      continue;
    }
    await writeFile(path, entry.bytes);
    await chmod(path, entry.mode);
    await utimes(path, date, date);
  }
}

/** All folders that the entries are in, each after the one that it is in. */
function foldersOf(entries: readonly Entry[]): string[] {
  const folders = entries.flatMap(({ path }) => {
    const parts = path.split("/").slice(0, -1);
    return parts.map((_, at) => parts.slice(0, at + 1).join("/"));
  });
  return [...new Set(folders)].toSorted();
}

async function controlFiles(
  options: ContentsOptions,
  entries: readonly Entry[],
): Promise<FileEntry[]> {
  const parts = join(options.root, "packages/packaging/debian");
  const scripts = ["postinst", "prerm", "postrm"].map(async (name) =>
    program(`DEBIAN/${name}`, await readFile(join(parts, name))),
  );
  const files = entries.filter((entry) => "bytes" in entry);
  const configuration = files.filter(({ path }) => path.startsWith("etc/"));
  return [
    ...(await Promise.all(scripts)),
    file("DEBIAN/triggers", await readFile(join(parts, "triggers"))),
    file("DEBIAN/conffiles", configuration.map(({ path }) => `/${path}\n`).join("")),
    file("DEBIAN/md5sums", md5sums(files)),
    file("DEBIAN/control", controlOf({ ...options, installedSize: kibibytes(entries) })),
  ];
}

function md5sums(files: readonly FileEntry[]): string {
  const lines = files
    .filter(({ path }) => !path.startsWith("etc/"))
    .map(({ path, bytes }) => `${createHash("md5").update(bytes).digest("hex")}  ${path}\n`);
  return lines.join("");
}

/** As dpkg counts them: each file in whole KiB, and one for each folder and link. */
function kibibytes(entries: readonly Entry[]): number {
  const sizes = entries.map((entry) =>
    "bytes" in entry ? Math.ceil(entry.bytes.length / 1024) : 1,
  );
  return sizes.reduce((sum, size) => sum + size, foldersOf(entries).length);
}

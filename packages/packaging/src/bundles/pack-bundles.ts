import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import type { ContentsOptions } from "../deb/contents.ts";

/**
 * Both programs with licences, manual pages, completion, an example of the configuration and the nightly job, for systems
 * without Debian's packages: the same bytes from the same sources.
 *
 * @returns the path of the .tar.gz in `output`
 */
export async function packBundles(
  { root, version, date }: Pick<ContentsOptions, "root" | "version" | "date">,
  output: string,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "bundles-"));
  try {
    const name = `backuppc-archive-s3-${version}`;
    await mkdir(join(folder, name));
    for (const [from, to] of await filesOf(root))
      await cp(from, join(folder, name, to), { recursive: true });
    const tarball = join(output, `${name}.tar.gz`);
    const same = ["--sort=name", `--mtime=@${date}`, "--owner=0", "--group=0", "--numeric-owner"];
    const modes = ["--format=ustar", "--mode=u+rwX,go+rX,go-w"];
    const args = ["--create", "--use-compress-program=gzip -9n", ...modes, ...same];
    await promisify(execFile)("tar", [...args, "--file", tarball, "--directory", folder, name]);
    return tarball;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Each file or folder of the repository, and its name in the tarball. */
async function filesOf(root: string): Promise<[string, string][]> {
  const programs = ["archive-host", "backup-manager"].flatMap((app): [string, string][] => {
    const dist = join(root, "apps", app, "dist");
    return [
      [join(dist, `${app}.mjs`), `${app}.mjs`],
      // What both have alike has one name: it is of the content.
      [join(dist, "lib"), "lib"],
      [join(dist, "NOTICE.txt"), `${app}.NOTICE.txt`],
    ];
  });
  const manual = (await readdir(join(root, "docs/man"))).map((name) => `docs/man/${name}`);
  const completion = ["backup-manager.bash", "_backup-manager"].map(
    (name) => `apps/backup-manager/dist/${name}`,
  );
  const documents = ["docs/config.example.toml", "docs/nightly.sh", "LICENSE", "CHANGELOG.md"];
  const others = [...manual, ...completion, ...documents];
  return [
    ...programs,
    ...others.map((file): [string, string] => [join(root, file), basename(file)]),
  ];
}

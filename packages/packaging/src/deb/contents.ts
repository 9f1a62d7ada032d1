import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { debianChangelog } from "./control.ts";
import { copyrightOf, licenceTexts } from "./copyright.ts";
import { type Entry, file, type FileEntry, link, program } from "./entry.ts";
import { standaloneNode } from "./node-program.ts";
import { COMMON_NAME, type PackageKind } from "./package-kind.ts";

export interface ContentsOptions {
  /** The repository, built. */
  readonly root: string;
  readonly kind: PackageKind;
  readonly version: string;
  readonly maintainer: string;
  readonly homepage: string;
  /** Seconds since 1970. */
  readonly date: number;
}

/** All that a package installs. */
export async function contentsOf(options: ContentsOptions): Promise<Entry[]> {
  return [
    ...(await programs(options)),
    ...(await manual(options)),
    ...(await completion(options)),
    ...(await nightlyJobs(options)),
    ...(await documentation(options)),
  ];
}

async function programs({ root, kind }: ContentsOptions): Promise<Entry[]> {
  const loaded = await Promise.all(PROGRAMS.map(async (app) => await library(app, root, kind)));
  const bundles = PROGRAMS.map(async (app) => {
    const text = await readFile(join(root, "apps", app, "dist", `${app}.mjs`), "utf8");
    return program(
      `${kind.folder}/${app}.mjs`,
      text.replace(/^#!.*/, () => `#!${kind.interpreter}`),
    );
  });
  return [
    ...(await Promise.all(bundles)),
    // What both have alike has one name: it is of the content.
    ...new Map(loaded.flat().map((entry) => [entry.path, entry])).values(),
    ...(kind.standalone ? [program(`${kind.folder}/node`, await standaloneNode())] : []),
    link("usr/bin/backup-manager", `${kind.folder}/backup-manager.mjs`),
    link("usr/share/backuppc/bin/BackupPC_archiveHost_s3", `${kind.folder}/archive-host.mjs`),
  ];
}

const PROGRAMS = ["archive-host", "backup-manager"];

/** What a program loads when it needs it. */
async function library(app: string, root: string, { folder }: PackageKind): Promise<Entry[]> {
  const from = join(root, "apps", app, "dist/lib");
  const files = (await readdir(from)).map(async (name) => {
    const text = await readFile(join(from, name), "utf8");
    return file(`${folder}/lib/${name}`, text.replace(/^#!.*\n/, ""));
  });
  return await Promise.all(files);
}

async function manual({ root }: ContentsOptions): Promise<Entry[]> {
  const folder = join(root, "docs/man");
  const pages = (await readdir(folder)).map(async (name) => {
    const section = name.slice(name.lastIndexOf(".") + 1);
    const page = await readFile(join(folder, name));
    return await packed(`usr/share/man/man${section}/${name}`, page);
  });
  return await Promise.all(pages);
}

async function completion({ root }: ContentsOptions): Promise<Entry[]> {
  const dist = join(root, "apps/backup-manager/dist");
  return [
    file(
      "usr/share/bash-completion/completions/backup-manager",
      await readFile(join(dist, "backup-manager.bash")),
    ),
    file(
      "usr/share/zsh/vendor-completions/_backup-manager",
      await readFile(join(dist, "_backup-manager")),
    ),
  ];
}

/** Archives and checks of every night, each off until its timer is enabled. */
async function nightlyJobs({ root }: ContentsOptions): Promise<Entry[]> {
  const parts = join(root, "packages/packaging/debian");
  const names = ["run.service", "run.timer", "nightly.service", "nightly.timer"];
  const units = names.map(async (name) => {
    const unit = `${COMMON_NAME}-${name}`;
    return file(`usr/lib/systemd/system/${unit}`, await readFile(join(parts, unit)));
  });
  return [
    ...(await Promise.all(units)),
    program(`usr/share/${COMMON_NAME}/nightly.sh`, await readFile(join(root, "docs/nightly.sh"))),
    file(`etc/default/${COMMON_NAME}`, await readFile(join(parts, "default"))),
  ];
}

async function documentation(options: ContentsOptions): Promise<Entry[]> {
  const { root, kind } = options;
  const folder = `usr/share/doc/${kind.name}`;
  const names = (await readdir(join(root, "docs"))).filter((name) => name.endsWith(".md"));
  const pages = names.map(async (name) => file(`${folder}/${name}`, await inDocs(name)));
  const licences = [...(await licenceTexts(options))].map(
    async ([name, text]) => await packed(`${folder}/${name}`, text),
  );
  return [
    ...(await Promise.all([...pages, ...licences])),
    await packed(`${folder}/CHANGELOG.md`, await readFile(join(root, "CHANGELOG.md"))),
    await packed(`${folder}/changelog`, debianChangelog(kind, options)),
    file(`${folder}/copyright`, await copyrightOf(options)),
    file(`${folder}/examples/config.toml`, await inDocs("config.example.toml")),
    file(
      `usr/share/lintian/overrides/${kind.name}`,
      await readFile(join(root, "packages/packaging/debian", `${kind.name}.lintian-overrides`)),
    ),
    // Manual pages and messages name it.
    ...(kind.standalone ? [link(`usr/share/doc/${COMMON_NAME}`, folder)] : []),
  ];

  async function inDocs(name: string): Promise<Uint8Array> {
    return await readFile(join(root, "docs", name));
  }
}

async function packed(path: string, content: Uint8Array | string): Promise<FileEntry> {
  return file(`${path}.gz`, await gzipped(content));
}

/** By gzip(1) and without a time: node:zlib does not write the same bytes on every processor. */
async function gzipped(content: Uint8Array | string): Promise<Uint8Array> {
  const running = promisify(execFile)("gzip", ["-9n"], { encoding: "buffer", maxBuffer: 2 ** 26 });
  running.child.stdin?.end(content);
  return (await running).stdout;
}

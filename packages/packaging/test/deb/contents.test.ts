import { beforeAll, describe, expect, test } from "vitest";
import { contentsOf } from "../../src/deb/contents.ts";
import type { Entry } from "../../src/deb/entry.ts";
import { PLAIN } from "../../src/deb/package-kind.ts";
import { repository } from "./repository.ts";

describe("The package for all architectures", () => {
  let entries: readonly Entry[];
  beforeAll(async () => {
    entries = await contentsOf({ ...(await repository()), kind: PLAIN });
  });

  test("installs programs, manual, completion and nightly job, in Debian's places", () => {
    const places = entries.map((entry) =>
      "target" in entry ? `${entry.path} -> ${entry.target}` : entry.path,
    );
    expect(places).toEqual(
      expect.arrayContaining([
        "usr/share/backuppc-archive-s3/archive-host.mjs",
        "usr/share/backuppc-archive-s3/nightly.sh",
        "usr/bin/backup-manager -> ../share/backuppc-archive-s3/backup-manager.mjs",
        "usr/share/backuppc/bin/BackupPC_archiveHost_s3 -> ../../backuppc-archive-s3/archive-host.mjs",
        "usr/share/man/man1/backup-manager.1.gz",
        "usr/share/man/man8/archive-host.8.gz",
        "usr/share/man/man5/backuppc-archive-s3.toml.5.gz",
        "usr/share/bash-completion/completions/backup-manager",
        "usr/share/zsh/vendor-completions/_backup-manager",
        "usr/lib/systemd/system/backuppc-archive-s3-nightly.service",
        "usr/lib/systemd/system/backuppc-archive-s3-nightly.timer",
        "usr/lib/systemd/system/backuppc-archive-s3-run.service",
        "usr/lib/systemd/system/backuppc-archive-s3-run.timer",
        "usr/share/doc/backuppc-archive-s3/examples/config.toml",
        "usr/share/doc/backuppc-archive-s3/copyright",
        "usr/share/doc/backuppc-archive-s3/restore.md",
      ]),
    );
    expect(new Set(places).size).toBe(places.length);
  });

  test("installs all that its programs load", () => {
    const loaded = entries.filter(({ path }) => path.includes("/lib/") && path.endsWith(".mjs"));
    const names = new Set(loaded.map(({ path }) => path.slice(path.lastIndexOf("/") + 1)));
    const texts = entries.flatMap((entry) =>
      entry.path.endsWith(".mjs") && "bytes" in entry ? [Buffer.from(entry.bytes).toString()] : [],
    );
    const imported = texts.flatMap((text) =>
      [...text.matchAll(/"\.\/(?:lib\/)?([\w-]+\.mjs)"/g)].map(([, name = ""]) => name),
    );
    expect(imported.length).toBeGreaterThan(10);
    expect(imported.filter((name) => !names.has(name))).toEqual([]);
  });

  test("runs its programs by the Node that it depends on", () => {
    for (const app of ["archive-host", "backup-manager"]) {
      const entry = entries.find(({ path }) => path.endsWith(`/${app}.mjs`));
      if (entry === undefined || !("bytes" in entry)) throw new Error(`There is no ${app}.`);
      expect(entry.mode).toBe(0o755);
      expect(Buffer.from(entry.bytes).toString()).toMatch(/^#!\/usr\/bin\/node\n/);
    }
  });

  test("installs nothing below /etc but the variables of the nightly job, which name no secret", () => {
    const below = entries.filter(({ path }) => path.startsWith("etc/"));
    expect(below.map(({ path }) => path)).toEqual(["etc/default/backuppc-archive-s3"]);
  });
});

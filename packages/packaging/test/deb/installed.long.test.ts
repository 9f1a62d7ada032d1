import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type EmbeddedStore,
  installDebianPackages,
  listTree,
  startEmbeddedStore,
} from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildDeb } from "../../src/deb/build-deb.ts";
import { PLAIN, standaloneOn } from "../../src/deb/package-kind.ts";
import { freshRoot, type FreshRoot } from "./fresh-root.ts";
import {
  archiveByBackupPc,
  asBackupPc,
  BUCKET,
  configureBackupPc,
  configureStore,
  CREDENTIALS,
  installBackupPc,
} from "./installed-site.ts";
import { laterVersion } from "./later-version.ts";
import { repository, ROOT } from "./repository.ts";
import { BASH_COMPLETES, ZSH_COMPLETES } from "./type-a-tab.ts";

/** Sums of what opens archives, and of what the next archive reuses: secrets, signing key, index. */
const KEPT =
  "find /etc/backuppc-archive-s3 /var/lib/backuppc/archives3 -type f | sort | xargs sha256sum";

describe.each([
  ["Debian 12, with the package's own Node", "bookworm", standaloneOn(process.arch, "0")],
  ["Debian 13, with Debian's Node", "trixie", PLAIN],
])("On %s", (_, suite, kind) => {
  let folder: string;
  let deb: string;
  let root: FreshRoot;
  let store: EmbeddedStore;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "installed-"));
    const directory = join(folder, "store");
    store = await startEmbeddedStore({ directory, buckets: [BUCKET], ...CREDENTIALS });
    await installDebianPackages([{ name: "binutils", reason: "strips a Node" }], () => {});
    root = await freshRoot(suite);
    await installBackupPc(root);
  });
  afterAll(async () => {
    await root.remove();
    await store.stop();
    await rm(folder, { recursive: true });
  });

  test("the package installs, with folders for BackupPC's user alone", async () => {
    deb = await buildDeb({ ...(await repository()), kind, version: "1.0.0" }, folder);
    await install(deb);
    const modes = "stat -c '%U:%G %a' /etc/backuppc-archive-s3 /var/lib/backuppc/archives3";
    expect(await root.run(modes)).toBe("root:backuppc 750\nbackuppc:backuppc 750\n");
    const programs = ["backup-manager", "/usr/share/backuppc/bin/BackupPC_archiveHost_s3"];
    for (const program of programs)
      expect(await root.run(`${program} --version 2>&1`)).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test("the README's example of a configuration is for root and BackupPC's user alone", async () => {
    const [, copy = ""] = /^(install .*)$/m.exec(await readFile(`${ROOT}/README.md`, "utf8")) ?? [];
    await root.run(copy);
    const file = "/etc/backuppc-archive-s3/config.toml";
    expect(await root.run(`stat -c '%U:%G %a' ${file}`)).toBe("root:backuppc 640\n");
    expect(await asBackupPc(root, `head -c 2 ${file}`)).toBe("##");
  });

  test("man finds its pages, and bash and zsh complete a command", async () => {
    const pages = "man -w backup-manager 8 archive-host 5 backuppc-archive-s3.toml";
    expect((await root.run(pages)).trim().split("\n").length).toBe(3);
    expect(await root.run("MANWIDTH=80 man backup-manager")).toContain("--keep-weekly");
    await root.write("tmp/completes.bash", BASH_COMPLETES);
    expect(await root.run("bash --norc /tmp/completes.bash")).toBe("delete\n");
    await root.write("tmp/completes.zsh", ZSH_COMPLETES);
    expect(await root.run("zsh -f /tmp/completes.zsh")).toContain("<<backup-manager delete >>");
  });

  test("a backup goes off-site through BackupPC, and comes back by its script", async () => {
    await configureBackupPc(root);
    await configureStore(root, store);
    expect(await archiveByBackupPc(root)).toMatch(/^witte +0 .* complete$/m);
    expect(await asBackupPc(root, "backup-manager ls witte:/srv/witte/sub")).toContain("odd name");
    await asBackupPc(root, "backup-manager script -H witte -f /tmp/restore.sh");
    const passphrase = "--passphrase-file /etc/backuppc-archive-s3/passphrase";
    await root.run(`sh /tmp/restore.sh ${passphrase} /tmp/restored`);
    expect(await listTree(join(root.folder, "tmp/restored/srv/witte"))).toEqual(
      await listTree(join(root.folder, "srv/witte")),
    );
  });

  test("the nightly job finds all well, and leaves a restore script", async () => {
    const scripts = "/var/lib/backuppc-archive-s3";
    await root.run(`install -d -o backuppc -g backuppc -m 700 ${scripts}`);
    const job = `env SCRIPTS=${scripts} sh /usr/share/backuppc-archive-s3/nightly.sh 2>&1`;
    expect(await asBackupPc(root, job)).toBe("");
    expect(await root.run(`ls ${scripts}`)).toContain("restore_witte.sh");
  });

  test("an upgrade keeps secrets and index, so that the next archive sends only what is new", async () => {
    const before = await root.run(KEPT);
    await install(await laterVersion(deb, "1.0.1"));
    expect(await root.run(`dpkg-query -Wf '\${Version}' ${kind.name}`)).toBe("1.0.1");
    expect(await root.run(KEPT)).toBe(before);
    await root.run("echo new > /srv/witte/new");
    expect(await archiveByBackupPc(root)).toMatch(/^witte +1 .* complete$/m);
  });

  test("a purge asks nothing, and leaves only what opens the archives", async () => {
    const before = await root.run(KEPT);
    const installed = await root.run(`dpkg -L ${kind.name}`);
    const said = await root.run(`apt-get purge -y -q ${kind.name} < /dev/null`);
    for (const kept of ["/etc/backuppc-archive-s3", "/var/lib/backuppc/archives3"])
      expect(said).toContain(`Kept, since archives cannot be opened without it: ${kept}`);
    expect(await root.run(KEPT)).toBe(before);
    await root.write("tmp/installed", installed);
    const left = 'while read -r path; do [ -d "$path" ] || [ ! -e "$path" ] || echo "$path"; done';
    expect(await root.run(`${left} < /tmp/installed`)).toBe("");
  });

  async function install(file: string): Promise<void> {
    const path = await root.bring(file);
    await root.run(`apt-get install -y -qq --no-install-recommends ${path} 2>&1`);
  }
});

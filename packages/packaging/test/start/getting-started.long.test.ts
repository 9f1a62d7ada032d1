// docs/getting-started.md on a new Debian 13 with a real BackupPC, whose web pages Debian's Chromium clicks through.
// SCREENSHOTS=docs/images takes the pictures of the page anew.
import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  type EmbeddedStore,
  freePorts,
  listTree,
  startEmbeddedStore,
} from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildDeb } from "../../src/deb/build-deb.ts";
import { PLAIN } from "../../src/deb/package-kind.ts";
import { repository } from "../deb/repository.ts";
import { addArchiveHost, archiveByWeb, seeArchive } from "./archive-by-web.ts";
import {
  addHost,
  asBackupPc,
  backUp,
  installBackupPcServer,
  startBackupPcServer,
} from "./backuppc-server.ts";
import { type BrowserPage, startChromium } from "./chromium.ts";
import { readCrontab, runLine } from "./cron.ts";
import { type LiveRoot, startLiveRoot } from "./live-root.ts";
import { pageBlocks } from "./page-commands.ts";

const CREDENTIALS = {
  accessKeyId: "AKIAEXAMPLE",
  secretAccessKey: "secret-key",
  region: "eu-central-1",
};

let folder: string;
let root: LiveRoot;
let store: EmbeddedStore;
let browser: BrowserPage;
let address: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "getting-started-"));
  root = await startLiveRoot("trixie");
  await installBackupPcServer(root);
  store = await startEmbeddedStore({
    directory: join(folder, "store"),
    buckets: ["backuppc-offsite"],
    ...CREDENTIALS,
  });
  browser = await startChromium(join(folder, "profile"));
  const [port = 0] = await freePorts(1);
  address = await startBackupPcServer(root, port);
  for (const host of ["gandalf", "sam"]) {
    await addHost(root, host);
    await backUp(root, host);
  }
  await mkdir(join(root.folder, "root/package"));
  await root.bring(
    await buildDeb({ ...(await repository()), kind: PLAIN, version: "1.0.0" }, folder),
  );
  await root.type("mv /tmp/*.deb /root/package");
});
afterAll(async () => {
  await browser.close();
  await root.remove();
  await store.stop();
  await rm(folder, { recursive: true });
});

test("the package installs, and the passphrase is for BackupPC alone", async () => {
  expect(await typeBlocks("1. Install", "y\n")).toContain("Setting up backuppc-archive-s3 (1.0.0)");
  // Both are as long as 24 random bytes in base64.
  expect(await typeBlocks("2. Make a passphrase")).toMatch(/^[\w+/]{32}\n$/);
  await writeConfiguration();
  await typeBlocks("3. Name the bucket");
  const modes = "cd /etc/backuppc-archive-s3; stat -c '%n %U:%G %a' *";
  expect(await root.type(modes)).toBe(
    "config.toml root:backuppc 640\npassphrase root:backuppc 640\n",
  );
});

test("with the archive host added by the web page, doctor warns only that nothing is archived yet", async () => {
  await addArchiveHost(browser, address, picture);
  expect(await root.type("cat /etc/backuppc/hosts")).toMatch(/^archives3\s+0\s+backuppc/m);
  await typeBlocks("4. Add the archive host");
  const said = await typeBlocks("5. Check");
  expect(said).toMatch(/^ok +BackupPC .*archive host archives3$/m);
  expect(said.match(/^(?:warning|failed) +\S+/gm)).toEqual(["warning  signers"]);
});

test("an archive that the web page starts succeeds, and the page says so", async () => {
  await archiveByWeb(browser, address, "gandalf", picture);
  expect(await seeArchive(browser, address, picture)).toMatch(/^0\s+success\s/m);
  expect(await typeBlocks("6. Make the first archive")).toMatch(/^gandalf +0 .* complete$/m);
});

test("the drill restores it, and so does the script by hand", async () => {
  const said = await typeBlocks("7. Drill");
  expect(said).toContain("gandalf");
  expect(await listTree(join(root.folder, "var/tmp/restored/srv/gandalf"))).toEqual(
    await listTree(join(root.folder, "srv/gandalf")),
  );
});

test("the lines for cron run as they are, and say nothing as all is well", async () => {
  await typeBlocks("8. Every night");
  const { lines, env } = await readCrontab(root);
  for (const line of lines) expect(await runLine(root, line, env)).toBe("");
  expect(await root.type(asBackupPc("backup-manager list"))).toMatch(/^sam +0 .* complete$/m);
  expect(await root.type("ls /var/lib/backuppc-archive-s3")).toBe(
    "restore_gandalf.sh\nrestore_sam.sh\n",
  );
});

/** All that a section says to type, in one shell for each block. @returns what they print */
async function typeBlocks(heading: string, input = ""): Promise<string> {
  const blocks = (await pageBlocks()).filter((block) => block.heading === heading);
  const commands = blocks.filter(({ language }) => language === "sh");
  expect(commands.length).toBeGreaterThan(0);
  let said = "";
  for (const { text } of commands) said += await root.type(`cd /root/package\n${text}`, { input });
  return said;
}

/** The block of the page, with this store and its key. */
async function writeConfiguration(): Promise<void> {
  const { text = "" } = (await pageBlocks()).find(({ language }) => language === "toml") ?? {};
  const filled = text
    .replace("https://s3.example.net", store.endpoint)
    .replace('accessKeyId = "…"', `accessKeyId = "${CREDENTIALS.accessKeyId}"`)
    .replace('secretAccessKey = "…"', `secretAccessKey = "${CREDENTIALS.secretAccessKey}"`);
  expect(filled).not.toContain("…");
  await root.write("etc/backuppc-archive-s3/config.toml", filled);
}

async function picture(name: string, height: number): Promise<void> {
  const file = join(resolve(process.env["SCREENSHOTS"] ?? folder), name);
  await browser.picture(file, height);
  const { size } = await stat(file);
  // A blank page of that size has a few kB.
  expect(size).toBeGreaterThan(15_000);
  expect(size).toBeLessThan(120_000);
}

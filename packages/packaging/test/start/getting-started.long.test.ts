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
import { format } from "prettier";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildDeb } from "../../src/deb/build-deb.ts";
import { PLAIN } from "../../src/deb/package-kind.ts";
import { repository, ROOT } from "../deb/repository.ts";
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
import { type MovedClock, movedClock } from "./moved-clock.ts";
import { liveThrough, type Night } from "./night.ts";
import { pageBlocks } from "./page-commands.ts";
import { threeWeeksPage } from "./three-weeks-page.ts";

const CREDENTIALS = {
  accessKeyId: "AKIAEXAMPLE",
  secretAccessKey: "secret-key",
  region: "eu-central-1",
};

const HOUR = 3_600_000;
/** After all times of files, since those are not moved. The set-up is at noon before night 0. */
const DAY_0 = new Date().setUTCHours(0, 0, 0, 0) + 48 * HOUR;
const midnight = (night: number): number => DAY_0 + night * 24 * HOUR;

let folder: string;
let root: LiveRoot;
let clock: MovedClock;
let store: EmbeddedStore;
let browser: BrowserPage;
let address: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "getting-started-"));
  root = await startLiveRoot("trixie");
  await installBackupPcServer(root);
  clock = movedClock(root);
  await clock.moveTo(new Date(midnight(0) - 12 * HOUR));
  store = await startEmbeddedStore({
    clock: clock.now,
    directory: join(folder, "store"),
    buckets: ["backuppc-offsite"],
    ...CREDENTIALS,
  });
  browser = await startChromium(join(folder, "profile"));
  const [port = 0] = await freePorts(1);
  address = await startBackupPcServer(clock, port);
  for (const host of ["gandalf", "sam"]) {
    await addHost(clock, host);
    await backUp(clock, host);
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

test("with the archive host added by the web page, doctor finds nothing to see to", async () => {
  await addArchiveHost(browser, address, picture);
  expect(await root.type("cat /etc/backuppc/hosts")).toMatch(/^archives3\s+0\s+backuppc/m);
  await typeBlocks("4. Add the archive host");
  const said = await typeBlocks("5. Check");
  expect(said).toMatch(/^ok +BackupPC .*archive host archives3$/m);
  expect(said).not.toMatch(/^(?:warning|failed) /m);
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
  const { lines, env } = await readCrontab(clock);
  for (const line of lines) expect(await runLine(clock, line, { ...env, ...clock.env })).toBe("");
  expect(await clock.type(asBackupPc("backup-manager list"))).toMatch(/^sam +0 .* complete$/m);
  expect(await root.type("ls /var/lib/backuppc-archive-s3")).toBe(
    "restore_gandalf.sh\nrestore_sam.sh\n",
  );
});

describe("Three weeks of nights by that crontab", () => {
  const nights: Night[] = [];
  const week = async (from: number, hosts: readonly string[]): Promise<void> => {
    for (let night = from; night < from + 7; night++)
      nights.push(await liveThrough(night, hosts, clock, midnight));
  };
  const numbers = (what: "archived" | "deleted", host: string): number[] =>
    nights.flatMap((night) =>
      night[what].some((one) => one.startsWith(`${host} `)) ? night.number : [],
    );

  test("in the first week each night archives each host, and no mail comes", async () => {
    await week(1, ["gandalf", "sam"]);
    expect(numbers("archived", "gandalf")).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(numbers("archived", "sam")).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(nights.flatMap(({ mails }) => mails)).toEqual([]);
  });

  test("a host that is new in the second week is archived at once, without any mail", async () => {
    await addHost(clock, "frodo");
    await week(8, ["frodo", "gandalf", "sam"]);
    expect(numbers("archived", "frodo")).toEqual([8, 9, 10, 11, 12, 13, 14]);
    expect(nights.flatMap(({ mails }) => mails)).toEqual([]);
  });

  test("a host that breaks in the third week is mailed with BackupPC's reason, and the others go on", async () => {
    await root.type("rm -r /srv/sam");
    await week(15, ["frodo", "gandalf", "sam"]);
    expect(numbers("archived", "sam")).toEqual(
      numbers("archived", "gandalf").filter((night) => night < 15),
    );
    expect(numbers("archived", "frodo").at(-1)).toBe(21);
    const mailed = nights.filter(({ mails }) => mails.length > 0);
    expect(mailed.map(({ number }) => number)).toEqual([17, 18, 19, 20, 21]);
    for (const { mails } of mailed) expect(mails.join("")).toMatch(/^sam .*BackupPC_dump -v sam$/m);
  });

  test("what is older than two weeks was deleted, also of the broken host", async () => {
    for (const host of ["gandalf", "sam"])
      expect(numbers("deleted", host)).toEqual([14, 15, 16, 17, 18, 19, 20, 21]);
    expect(numbers("deleted", "frodo")).toEqual([]);
    const page = await format(threeWeeksPage(nights, midnight), {
      parser: "markdown",
      printWidth: 100,
    });
    await expect(page).toMatchFileSnapshot(join(ROOT, "docs/three-weeks.md"));
  });
});

/** All that a section says to type, in one shell for each block. @returns what they print */
async function typeBlocks(heading: string, input = ""): Promise<string> {
  const blocks = (await pageBlocks()).filter((block) => block.heading === heading);
  const commands = blocks.filter(({ language }) => language === "sh");
  expect(commands.length).toBeGreaterThan(0);
  let said = "";
  for (const { text } of commands) said += await clock.type(`cd /root/package\n${text}`, { input });
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

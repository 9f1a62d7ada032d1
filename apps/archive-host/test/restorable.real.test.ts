// What archive-host takes, backup-manager and the script must take: each kind of setting and name goes all the way.
import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSite, PASSPHRASE, type Site, start } from "./site.ts";

const MANAGER = fileURLToPath(
  new URL("../../backup-manager/dist/backup-manager.mjs", import.meta.url),
);
const run = promisify(execFile);

interface Accepted {
  readonly settings?: Readonly<Record<string, unknown>>;
  /** By position, as BackupPC gives them. */
  readonly args?: Readonly<Record<number, string>>;
}

/** Anything that a shell, a URL or a key reads. */
const ODD = "a b'\"$(touch x)`\\;&|<>*?[#]%25%zz+~ü€😀=@:,!";

const ACCEPTED: Readonly<Record<string, Accepted>> = {
  "nothing beside what must be": {},
  "an odd prefix": { settings: { prefix: `${ODD}//x/` } },
  "a host of odd characters": { args: { 4: `${ODD}/\n\t..` } },
  "a host that is called like an option's word": { args: { 4: "all" } },
  "the longest host and number": { args: { 4: "h".repeat(200), 5: "99999999" } },
  "xz as BackupPC's bzip2": { args: { 6: "/usr/bin/xz", 7: ".bz2" } },
  "zstd as BackupPC's gzip": { args: { 6: "/usr/bin/zstd", 7: ".gz" } },
  "lz4, which the configuration allows": {
    settings: { filters: ["/usr/bin/lz4"] },
    args: { 6: "/usr/bin/lz4", 7: ".gz" },
  },
  "a filter of one's own": { settings: { compression: "FOLDER/bin/squeeze-2.0+x_y" } },
  "a filter of one's own with the longest suffix": {
    settings: { filters: ["FOLDER/bin/squeeze-2.0+x_y"] },
    args: { 6: "FOLDER/bin/squeeze-2.0+x_y", 7: `.${"s".repeat(16)}` },
  },
  "no encryption": { settings: { encryption: "none", passphrase: undefined } },
  "a passphrase of blanks and odd characters": { settings: { passphrase: ` \t${ODD} ` } },
  "a long passphrase": { settings: { passphrase: "ü".repeat(1000) } },
  "lock, tags, storage class and encryption by the store": {
    settings: {
      storageClass: "STANDARD_IA",
      serverSideEncryption: "AES256",
      "tags.of": "us + them: 100/2@x",
    },
  },
  "the least of memory and chunks": {
    settings: { memory: "64MiB", workers: 1, connections: 1 },
    args: { 8: "1000000" },
  },
};

let site: Site;
beforeEach(async () => {
  site = await openSite();
  await mkdir(join(site.folder, "bin"));
  const squeeze = "#!/bin/sh\ncase $1 in -dc) exec gzip -dc ;; *) exec gzip -c ;; esac\n";
  await writeFile(join(site.folder, "bin", "squeeze-2.0+x_y"), squeeze, { mode: 0o755 });
});
afterEach(async () => await site.close());

test.each(Object.entries(ACCEPTED))(
  "What is archived with %s is listed, verified, restored and deleted",
  async (_, { settings = {}, args = {} }) => {
    const inFolder = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(inFolder)
        : typeof value === "string"
          ? value.replace("FOLDER", site.folder)
          : value;
    const all = Object.entries(settings).map(([key, value]) => [key, inFolder(value)] as const);
    await site.configure({ stateDirectory: site.work, ...Object.fromEntries(all) });
    const given = Object.entries(args).map(([at, value]) => [at, String(inFolder(value))] as const);
    const running = start(site.command(Object.fromEntries(given)), site.environment());
    expect({ status: await running.ended, last: running.lines.at(-1) }).toMatchObject({
      status: 0,
    });
    const [, , , host = "merlin", number = "1"] = site.command(args).slice(2);
    expect(JSON.parse(await manager("list", "--json"))).toMatchObject({
      archives: [{ host, number: Number(number), status: "complete" }],
    });
    await manager("verify", "--data", "-H", host);
    const script = join(site.folder, "restore.sh");
    await manager("script", "-H", host, "-f", script);
    await manager("script", "--all", "--directory", site.folder);
    const passphrase = join(site.folder, "passphrase");
    const own = settings["passphrase"];
    await writeFile(passphrase, `${typeof own === "string" ? own : PASSPHRASE}\n`);
    const target = join(site.folder, "restored");
    await run("sh", [script, "--passphrase-file", passphrase, target], { env: environment() });
    for (const name of ["a", "b", "c"]) {
      const restored = await readFile(join(target, name));
      expect(restored.equals(await readFile(join(site.folder, "tree", name)))).toBe(true);
    }
    await manager("delete", "-H", host, "-b", number);
    expect(JSON.parse(await manager("list", "--json"))).toMatchObject({ archives: [] });
  },
);

function environment(): Record<string, string> {
  const path = `${join(site.folder, "bin")}:${process.env["PATH"]}`;
  return site.environment({ PATH: path });
}

async function manager(...args: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [MANAGER, ...args], { env: environment() });
  return stdout;
}

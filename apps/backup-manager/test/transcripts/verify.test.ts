import { bytesBody } from "@backuppc-archive-s3/s3-transport";
import { beforeAll, describe, expect, test } from "vitest";
import { verifyJsonSchema } from "../../src/verify/verify-json.ts";
import { sealedArchive } from "../sealed-archive.ts";
import { type ShellSite, shellSite } from "./shell-site.ts";

const PASSPHRASE = "hunter2";
const idOf = (host: string) => ({ host, number: 1, attempt: "20261122T031500Z-5f3a9c" });

let site: ShellSite;
beforeAll(async () => {
  site = await shellSite();
  const { store, catalog } = site;
  await sealedArchive(store, catalog, idOf("good"), { passphrase: PASSPHRASE });
  const other = await sealedArchive(store, catalog, idOf("holes"), { passphrase: PASSPHRASE });
  const [, second, third] = other.chunks.map(({ key }) => key);
  await store.delete([second ?? ""]);
  await store.put(third ?? "", bytesBody(Buffer.from("short")));
  const flipped = await sealedArchive(store, catalog, idOf("flipped"), { passphrase: PASSPHRASE });
  const { key = "", storedLength = 0 } = flipped.chunks[1] ?? {};
  await store.put(key, bytesBody(Buffer.alloc(storedLength, "x")));
});

/** Lengths and ages that differ from run to run. */
function masked(text: string): string {
  return text
    .replaceAll(/\d+\.\d kB/g, "SIZE kB")
    .replaceAll(/bytes, not \d+/g, "bytes, not LENGTH")
    .replaceAll(/\b[0-9a-f]{64}\b/g, "DIGEST")
    .replaceAll(/\b[0-9]{4,} (bytes|were)/g, "LENGTH $1");
}

describe("by lists alone", () => {
  test("what is missing or has another length is told", async () => {
    const { stdout, stderr, status } = await site.shell("backup-manager verify");
    expect({ stderr, status }).toEqual({ stderr: "", status: 13 });
    expect(masked(stdout)).toMatchInlineSnapshot(`
      "Hostname  Backup number        Age  Chunks  Downloaded  Result
      flipped               1  0 min ago       3           -  whole
      good                  1  0 min ago       3           -  whole
      holes                 1  0 min ago       3           -  DAMAGED
      holes 1: holes.1.tar.00000002.gz.gpg is missing
      holes 1: holes.1.tar.00000003.gz.gpg has 5 bytes, not LENGTH
      3 archives, 1 damaged
      "
    `);
  });

  test("one host that is whole ends well, and quietly tells nothing", async () => {
    const { stdout, status } = await site.shell("backup-manager verify -H good");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^good .* whole\n1 archive, all whole\n$/m);
    expect(await site.shell("backup-manager verify -H good -q")).toEqual({
      stdout: "",
      stderr: "",
      status: 0,
    });
  });

  test("nothing to verify is no success", async () => {
    expect(await site.shell("backup-manager verify --config empty.toml")).toEqual({
      stdout: "There is no archive to verify in s3://empty/site-a/.\n",
      stderr: "",
      status: 4,
    });
  });
});

describe("with --data", () => {
  test("a chunk whose bytes were changed is found", async () => {
    const { stdout, status } = await site.shell("backup-manager verify --data");
    expect(status).toBe(13);
    expect(masked(stdout)).toMatchInlineSnapshot(`
      "Hostname  Backup number        Age  Chunks  Downloaded  Result
      flipped               1  0 min ago       3     SIZE kB  DAMAGED
      good                  1  0 min ago       3     SIZE kB  whole
      holes                 1  0 min ago       3     SIZE kB  DAMAGED
      flipped 1: flipped.1.tar.00000002.gz.gpg has SHA-256 DIGEST; DIGEST was stored
      holes 1: holes.1.tar.00000002.gz.gpg is missing
      holes 1: holes.1.tar.00000003.gz.gpg has 5 bytes, not LENGTH
      3 archives, 2 damaged
      "
    `);
  });

  test("a whole archive is whole, to its last file", async () => {
    const { stdout, status } = await site.shell("backup-manager verify -H good -b 1 --data --json");
    expect(status).toBe(0);
    expect(verifyJsonSchema.parse(JSON.parse(stdout)).archives).toMatchObject([
      { host: "good", whole: true, downloaded: { chunks: 3 }, findings: [], error: null },
    ]);
  });

  test("a percentage takes so many chunks", async () => {
    const { stdout } = await site.shell("backup-manager verify -H good --data 30 --json");
    expect(verifyJsonSchema.parse(JSON.parse(stdout)).archives[0]?.downloaded?.chunks).toBe(1);
  });

  test("a plaintext that is not what was archived is found", async () => {
    const wrong = { passphrase: PASSPHRASE, wrongSum: true };
    await sealedArchive(site.store, site.catalog, idOf("wrong"), wrong);
    const { stdout, status } = await site.shell("backup-manager verify -H wrong --data");
    expect(status).toBe(13);
    expect(stdout).toMatch(
      /wrong.1.tar.00000002.gz.gpg: its plaintext has SHA-256 .*; SHA256SUMS says/,
    );
  });

  test("a tar that ends early is found though every digest agrees", async () => {
    const cut = { passphrase: PASSPHRASE, cutTar: true };
    await sealedArchive(site.store, site.catalog, idOf("cut"), cut);
    const { stdout, status } = await site.shell("backup-manager verify -H cut --data");
    expect(status).toBe(13);
    expect(stdout).toMatch(/^cut 1: cut\.1\.tar: tar: .*$/m);
  });

  test.each(["gpg", "gzip", "tar"])(
    "a machine without %s is no damage, and is told",
    async (program) => {
      const programs = ["node", "gpg", "gzip", "tar"].filter((name) => name !== program);
      const linked = `rm -rf few; mkdir few; for name in ${programs.join(" ")}; do ln -s "$(command -v $name)" few; done`;
      const asked = "PATH=$PWD/few bin/backup-manager verify -H good --data";
      const { stdout, stderr, status } = await site.shell(`${linked}; ${asked}`);
      expect({ stderr, status }).toEqual({ stderr: "", status: 1 });
      expect(stdout).toMatch(
        new RegExp(`^good 1: ${program} can't be run: spawn ${program} ENOENT\\. Install it`, "m"),
      );
    },
  );

  test("another passphrase is no damage, and is told", async () => {
    const other = { passphrase: "another" };
    await sealedArchive(site.store, site.catalog, idOf("other"), other);
    const { stdout, status } = await site.shell("backup-manager verify -H other --data");
    expect(status).toBe(1);
    expect(stdout).toMatch(/^other 1: it can't be decrypted: gpg: .*Look at the passphrase/m);
  });
});

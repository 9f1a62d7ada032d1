import { bytesBody } from "@backuppc-archive-s3/s3-transport";
import { beforeAll, describe, expect, test } from "vitest";
import { verifyJsonSchema } from "../../src/verify/verify-json.ts";
import { attemptOf, type StoredArchive, type StoreOptions } from "../store-archive.ts";
import { tarSlices } from "../tar-slices.ts";
import { openVault } from "../vault.ts";
import { type ShellSite, shellSite } from "./shell-site.ts";

const idOf = (host: string, number = 1) => ({ host, number, attempt: attemptOf(10 - number) });

let site: ShellSite;
beforeAll(async () => {
  site = await shellSite();
  await stored("good");
  const holes = await stored("holes");
  // The next night reuses all of it but the first chunk.
  const next = [Buffer.from("changed"), ...holes.slices.slice(1)];
  await site.archive(idOf("holes", 2), { slices: next, gzip: true });
  await site.store.delete([keyOf(holes, 1)]);
  await site.store.put(keyOf(holes, 2), bytesBody(Buffer.from("short")));
  const flipped = await stored("flipped");
  const length = flipped.manifest.chunks[1]?.storedLength ?? 0;
  await site.store.put(keyOf(flipped, 1), bytesBody(Buffer.alloc(length, "x")));
});

async function stored(host: string, options: StoreOptions = {}): Promise<StoredArchive> {
  return await site.archive(idOf(host), { slices: tarSlices(), gzip: true, ...options });
}

function keyOf({ manifest }: StoredArchive, place: number): string {
  return site.catalog.chunkKey(manifest.host, manifest.chunks[place]?.name ?? "");
}

/** Names, lengths and ages that differ from run to run. */
function masked(text: string): string {
  return text
    .replaceAll(/\d{8}T\d{6}Z-[0-9a-f]{6}/g, "ATTEMPT")
    .replaceAll(/ +\d+(\.\d)? k?B /g, " SIZE ")
    .replaceAll(/bytes, not \d+/g, "bytes, not LENGTH")
    .replaceAll(/\b[0-9a-f]{64}\b/g, "DIGEST");
}

describe("by lists alone", () => {
  test("every archive that a lost chunk hits is named", async () => {
    const { stdout, stderr, status } = await site.shell("backup-manager verify");
    expect(status).toBe(13);
    expect(stderr).toBe(
      "backup-manager: holes: 2 chunks lost or damaged. Run verify on the BackupPC server to have lost chunks uploaded again: `stateDirectory` is not on this machine.\n",
    );
    expect(masked(stdout)).toMatchInlineSnapshot(`
      "Hostname  Backup number        Age  Chunks  Downloaded  Result
      flipped               1  0 min ago       3           -  intact
      good                  1  0 min ago       3           -  intact
      holes                 1  0 min ago       3           -  DAMAGED
      holes                 2  0 min ago       3           -  DAMAGED
      holes 1: ATTEMPT.00000002.gz.gpg is missing
      holes 1: ATTEMPT.00000003.gz.gpg has 5 bytes, not LENGTH
      holes 2: ATTEMPT.00000002.gz.gpg is missing
      holes 2: ATTEMPT.00000003.gz.gpg has 5 bytes, not LENGTH
      4 archives, 2 damaged
      "
    `);
  });

  test("a host that is intact ends well, and quietly prints nothing", async () => {
    const { stdout, status } = await site.shell("backup-manager verify -H good");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^good .* intact\n1 archive, all intact\n$/m);
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

  test("an archive that another key has signed is not verified, which is no damage, and fails", async () => {
    await site.archive(idOf("forged"), {}, await openVault());
    const { stdout, status } = await site.shell("backup-manager verify -H forged");
    expect(status).toBe(1);
    expect(stdout).toMatchInlineSnapshot(`
      "Hostname  Backup number        Age  Chunks  Downloaded  Result
      forged                1  0 min ago       2           -  not verified
      forged 1: it is not verified: no known key has signed it. If another archive-host wrote it, name its public signing key in \`signers\`; otherwise it was changed or forged: archive the host again
      1 archive, 1 not verified
      "
    `);
  });

  test("where no signing key is known, nothing is verified, which is no damage", async () => {
    const { stdout, status } = await site.shell(
      "backup-manager verify -H good --config unsigned.toml",
    );
    expect(status).toBe(1);
    expect(stdout).toMatch(/not verified\ngood 1: .* no signing key is known.*\n1 archive, 1 not/);
  });
});

describe("with --data", () => {
  test("a chunk whose bytes were changed is found", async () => {
    const { stdout, status } = await site.shell("backup-manager verify --data -H flipped");
    expect(status).toBe(13);
    expect(masked(stdout)).toMatchInlineSnapshot(`
      "Hostname  Backup number        Age  Chunks  Downloaded  Result
      flipped               1  0 min ago       3 SIZE  DAMAGED
      flipped 1: ATTEMPT.00000002.gz.gpg has another SHA-256 than was recorded
      1 archive, 1 damaged
      "
    `);
  });

  test("an intact archive is intact, to its last file", async () => {
    const { stdout, status } = await site.shell("backup-manager verify -H good -b 1 --data --json");
    expect(status).toBe(0);
    expect(verifyJsonSchema.parse(JSON.parse(stdout)).archives).toMatchObject([
      { host: "good", result: "intact", downloaded: { chunks: 3 }, findings: [], error: null },
    ]);
  });

  test("a chunk that several archives share is downloaded once", async () => {
    const first = await site.archive(idOf("shared"), { slices: tarSlices(), gzip: true });
    await site.archive(idOf("shared", 2), {
      slices: [...first.slices.slice(0, 2), ...first.slices.slice(2)],
      gzip: true,
    });
    const { stdout, status } = await site.shell("backup-manager verify -H shared --data --json");
    expect(status).toBe(0);
    expect(verifyJsonSchema.parse(JSON.parse(stdout)).archives).toMatchObject([
      { number: 1, result: "intact", downloaded: { chunks: 0, bytes: 0 } },
      { number: 2, result: "intact", downloaded: { chunks: 3 } },
    ]);
  });

  test("a chunk that stands in the stream twice is read twice", async () => {
    const zeros = Buffer.alloc(10_240);
    const [head = zeros, ...rest] = tarSlices();
    const first = await site.archive(idOf("twice"), { slices: [head, ...rest], gzip: true });
    const [again] = first.slices;
    await site.archive(idOf("twice", 2), {
      slices: again === undefined ? [] : [again, ...rest, again],
      gzip: true,
    });
    // tar reads nothing after the end of the archive.
    const { stdout, status } = await site.shell(
      "backup-manager verify -H twice -b 2 --data --json",
    );
    expect(status).toBe(0);
    expect(verifyJsonSchema.parse(JSON.parse(stdout)).archives).toMatchObject([
      { result: "intact", downloaded: { chunks: 3 } },
    ]);
  });

  test("a percentage takes that share of the chunks", async () => {
    const { stdout } = await site.shell("backup-manager verify -H good --data 30 --json");
    expect(verifyJsonSchema.parse(JSON.parse(stdout)).archives[0]?.downloaded?.chunks).toBe(1);
  });

  test("a plaintext that is not what was archived is found", async () => {
    const other = "0".repeat(64);
    await stored("wrong", {
      spoilSums: (text) => text.replace(/^[0-9a-f]{64}(?= {2}wrong\.1\.tar\.00000002$)/m, other),
    });
    const { stdout, status } = await site.shell("backup-manager verify -H wrong --data");
    expect(status).toBe(13);
    expect(stdout).toMatch(
      /^wrong 1: \S+\.00000002\.gz\.gpg: its plaintext has SHA-256 .*; SHA256SUMS says/m,
    );
  });

  test("sums of another manifest are found", async () => {
    await stored("other", {
      spoilSums: (text) => text.replace(/^(# .* )[0-9a-f]{64}$/m, `$1${"0".repeat(64)}`),
    });
    const { stdout, status } = await site.shell("backup-manager verify -H other --data");
    expect(status).toBe(13);
    expect(stdout).toMatch(/^other 1: SHA256SUMS.gpg/m);
  });

  test("a tar that ends early is found though every digest agrees", async () => {
    await stored("cut", { slices: [Buffer.concat(tarSlices()).subarray(0, 9_000)] });
    const { stdout, status } = await site.shell("backup-manager verify -H cut --data");
    expect(status).toBe(13);
    expect(stdout).toMatch(/^cut 1: cut\.1\.tar: tar: .*$/m);
  });

  test("a message that is not encrypted is damage, although gpg accepts it", async () => {
    const vault = await site.vault();
    const literal = { ...vault, encrypt: async (plain: Uint8Array) => literalPacket(plain) };
    await site.archive(idOf("literal"), { slices: tarSlices(), gzip: true }, literal);
    const { stdout, status } = await site.shell("backup-manager verify -H literal --data");
    expect(status).toBe(13);
    expect(stdout).toContain("gpg: it is no encrypted message");
  });

  test.each(["gpg", "gzip", "tar"])(
    "a machine without %s is no damage, and is reported",
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

  test("another passphrase is no damage, and is reported", async () => {
    const { stdout, status } = await site.shell(
      "echo another > passphrase; backup-manager verify -H good --data; status=$?; echo hunter2 > passphrase; exit $status",
    );
    expect(status).toBe(1);
    expect(stdout).toMatch(/^good 1: it cannot be decrypted: the passphrase does not open/m);
  });
});

test("on the BackupPC server lost chunks are struck from the index", async () => {
  const { stderr } = await site.shell("backup-manager verify -H holes --config server.toml");
  expect(stderr).toBe(
    "backup-manager: holes: 2 chunks lost or damaged. The next archive uploads again what it still needs.\n",
  );
});

/** An OpenPGP literal packet, which gpg "decrypts" to itself and ends well. */
function literalPacket(plain: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from("b\0\0\0\0\0", "latin1"), plain]);
  const head = Buffer.alloc(6);
  head.writeUInt8(0xcb, 0);
  head.writeUInt8(0xff, 1);
  head.writeUInt32BE(body.length, 2);
  return Buffer.concat([head, body]);
}

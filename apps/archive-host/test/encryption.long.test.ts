// What archive-host encrypts, opened by readers of other systems: gpg 2.4 and Sequoia's sq of Debian 13.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { buffer, text } from "node:stream/consumers";
import { createGpgHome, type GpgHome } from "@backuppc-archive-s3/gpg/home";
import { debianRoot } from "@backuppc-archive-s3/test-rig";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { archivedChunks, COMPRESSIONS, ENCRYPTIONS, expectTheTar } from "./encrypted-chunks.ts";
import { openSite, type Site } from "./site.ts";

let root: string;
let home: GpgHome;
let fingerprint: string;
let folder: string;
beforeAll(async () => {
  root = await debianRoot({ suite: "trixie", packages: ["gpg", "gpg-agent", "sq"] });
  home = await createGpgHome();
  fingerprint = await home.makeKey("cv25519");
  folder = await mkdtemp(join(root, "tmp", "readers-"));
  const { stdout } = await home.run(["--export-secret-keys", fingerprint]);
  await writeFile(join(folder, "secret.pgp"), stdout);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await home.remove();
});

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(async () => await site.close());

/** Runs a command of the other system in the readers' folder. */
async function inRoot(command: string, input: Buffer): Promise<Buffer> {
  const script = `cd /tmp/${basename(folder)} && ${command}`;
  const child = spawn("chroot", [root, "/bin/sh", "-c", script], {
    stdio: "pipe",
    env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", HOME: `/tmp/${basename(folder)}` },
  });
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const closed = once(child, "close");
  const [printed, said] = await Promise.all([buffer(child.stdout), text(child.stderr)]);
  const [status] = await closed;
  expect({ status, said: status === 0 ? "" : said }).toEqual({ status: 0, said: "" });
  return Buffer.concat([printed]);
}

const GPG = "gpg --batch --quiet --pinentry-mode loopback";

const READERS = {
  "gpg by the passphrase": `${GPG} --passphrase-file passphrase --decrypt`,
  // gpg asks for the passphrase first where there is one; who has the key alone gives no answer.
  "gpg by the key": `${GPG} --import secret.pgp && gpg --batch --quiet --pinentry-mode cancel --decrypt`,
  "sq by the passphrase": "sq decrypt --password-file passphrase",
  "sq by the key": "sq decrypt --recipient-file secret.pgp",
} as const;

describe.each(ENCRYPTIONS.filter((encryption) => encryption !== "none"))(
  "Encrypted to: %s",
  (encryption) => {
    test.each(COMPRESSIONS)("chunks compressed by %s open", async (compressor, undo) => {
      const archive = await archivedChunks(site, encryption, compressor, home, fingerprint);
      const { chunks, dataKey = "" } = archive;
      await writeFile(join(folder, "passphrase"), dataKey);
      const able = Object.entries(READERS).filter(([name]) =>
        encryption.split(" and ").some((way) => name.endsWith(way)),
      );
      expect(able.length).toBeGreaterThan(1);
      for (const [, command] of able) {
        await expectTheTar(site, chunks, async (it) => await inRoot(command, it), undo);
      }
    });
  },
);

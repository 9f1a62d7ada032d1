// What archive-host encrypts, opened by this machine's gpg: every encryption with every compression.
import { createGpgHome, type GpgHome } from "@backuppc-archive-s3/gpg/home";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { archivedChunks, COMPRESSIONS, ENCRYPTIONS, expectTheTar } from "./encrypted-chunks.ts";
import { openSite, type Site } from "./site.ts";

let home: GpgHome;
let fingerprint: string;
beforeAll(async () => {
  home = await createGpgHome();
  fingerprint = await home.makeKey("cv25519");
});
afterAll(async () => await home.remove());

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(async () => await site.close());

describe.each(ENCRYPTIONS)("Encrypted to: %s", (encryption) => {
  test.each(COMPRESSIONS)("chunks compressed by %s open", async (compressor, undo) => {
    expect.hasAssertions();
    const { chunks, dataKey } = await archivedChunks(
      site,
      encryption,
      compressor,
      home,
      fingerprint,
    );
    if (encryption === "none") return await expectTheTar(site, chunks, async (it) => it, undo);
    const ways = [
      ...(encryption.startsWith("passphrase") ? [dataKey] : []),
      ...(encryption.endsWith("key") ? [undefined] : []),
    ];
    for (const passphrase of ways) {
      const keyring = passphrase === undefined ? home : await createGpgHome();
      await expectTheTar(site, chunks, async (it) => await keyring.decrypt(it, passphrase), undo);
      if (keyring !== home) await keyring.remove();
    }
  });
});

test("the secret key opens the data key, too, where archives are encrypted to both", async () => {
  const both = await archivedChunks(site, "passphrase and key", "cat", home, fingerprint);
  const { dataKey, keyMessage = Buffer.alloc(0) } = both;
  expect((await home.decrypt(keyMessage)).toString()).toBe(`${dataKey}\n`);
});

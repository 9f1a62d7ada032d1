// Programs that an archive's own words name: anyone with the uploader's key can write those, and a stolen signing key signs them.
import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { openSigner } from "@backuppc-archive-s3/gpg";
import { bytesBody } from "@backuppc-archive-s3/s3-transport";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { attemptOf, storeArchive } from "../store-archive.ts";
import { type AttackSite, openAttackSite, well } from "./attack-site.ts";
import { folderOf, forgersVault, openForger } from "./forger.ts";

let site: AttackSite;
beforeAll(async () => {
  site = await openAttackSite();
  well(await site.archive("merlin", 1));
});
afterAll(async () => await site.close());
afterEach(async () => {
  await site.configure("manager", {});
  await site.store.delete(await site.keys("archives/merlin/2/"));
});

const ID = { host: "merlin", number: 2 };
/** Where a program that runs leaves its trace. */
const trace = (): string => join(site.folder, "owned");

describe.each(["nobody trusts", "was stolen from the server"])(
  "With a signing key that %s",
  (whose) => {
    test.each([
      ["perl", ".x"],
      ["perl", ".gz"],
      ["perl", ""],
      ["sh", ".x"],
      ["python3", ".x"],
      ["../../bin/perl", ".x"],
      ["gzip;perl", ".x"],
      ["env perl", ".x"],
    ])("no archive makes a restore or verify --data run %s (%s)", async (name, suffix) => {
      await storeForged(whose, { name, suffix });
      // An archive in the clear would run it soonest.
      await site.configure("manager", { encryption: "none", passphrase: undefined });
      await site.manage(["verify", "-H", "merlin", "-b", "2", "--data"]);
      const { script, run } = await site.restore("merlin", 2, [
        "--accept-unverified",
        "--no-probe",
      ]);
      expect([script.status, run?.status ?? 1]).not.toEqual([0, 0]);
      await expect(access(trace())).rejects.toMatchObject({ code: "ENOENT" });
    });
  },
);

/** Its chunk is a program in perl and in sh at once, which would leave a trace. */
async function storeForged(
  whose: string,
  compression: { readonly name: string; readonly suffix: string },
): Promise<void> {
  const program = `BEGIN { open(F, ">", "${trace()}"); }\n`.repeat(2);
  const signer =
    whose === "nobody trusts"
      ? await openForger()
      : await openSigner(await readFile(join(site.work, "signing-key.secret.asc"), "utf8"));
  const vault = forgersVault(signer, {
    encryption: null,
    key: undefined,
    encrypt: async (plain) => plain,
  });
  const id = { ...ID, attempt: attemptOf(0) };
  const slices = [Buffer.from(program), Buffer.from(`echo >"${trace()}"\n`)];
  const facts = { compression: { name: "perl", suffix: compression.suffix } };
  await storeArchive({ store: site.store, vault }, id, { slices, facts });
  // The writer would refuse to write most of these.
  for (const key of await site.keys(folderOf(id))) {
    const head = Buffer.from(
      String(await site.bytes(`${folderOf(id)}archive.json`)).replace(
        '"perl"',
        JSON.stringify(compression.name),
      ),
    );
    if (key.endsWith("/archive.json")) await site.store.put(key, bytesBody(head));
    if (key.endsWith(".sig")) await site.store.put(key, bytesBody(await vault.sign(head)));
  }
}

// A recipient replaces the encryption subkey between two nights: with gpg itself, from end to end.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createGpgHome, type GpgHome } from "@backuppc-archive-s3/gpg/home";
import { listTree } from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AttackSite, openAttackSite, well } from "./attack-site.ts";

let site: AttackSite;
let gpg: GpgHome;
beforeAll(async () => {
  [site, gpg] = await Promise.all([openAttackSite(), createGpgHome()]);
});
afterAll(async () => {
  await Promise.all([site.close(), gpg.remove()]);
});

test("after an encryption subkey was replaced, all is uploaded anew, one line says why, and every archive restores", async () => {
  const fingerprint = await gpg.makeKey("cv25519");
  const recipients = [join(site.folder, "recipient.asc")];
  for (const who of ["server", "manager"] as const)
    await site.configure(who, { passphrase: undefined, recipients });
  await publish(fingerprint);
  well(await site.archive("gandalf", 1));
  expect(well(await site.archive("gandalf", 2)).stdout).toMatch(/\d+ chunks?, 0 new/);

  const old = await subkeys(fingerprint);
  await replaceSubkey(fingerprint);
  await publish(fingerprint);
  const { stdout, stderr } = well(await site.archive("gandalf", 3));
  const why = `${stdout}${stderr}`.split("\n").filter((line) => line.includes("have changed"));
  expect(why).toEqual([expect.stringContaining("the recipients' keys have changed")]);
  expect(stdout).toMatch(/(\d+) chunks?, \1 new/);

  const [first, second, third] = await headsOf("gandalf");
  expect(first?.encryption?.subkeys).toEqual(old);
  expect(second?.encryption?.subkeys).toEqual(old);
  expect(third?.encryption?.recipients).toEqual([fingerprint]);
  expect(third?.encryption?.subkeys).toEqual((await subkeys(fingerprint)).slice(1));
  // No archive has chunks of both keys.
  expect(Object.keys(third?.keeps ?? {})).toEqual([third?.attempt]);

  const tree = await listTree(site.tree);
  for (const number of [1, 2, 3]) {
    const env = { GNUPGHOME: gpg.folder };
    const { run, target } = await site.restore("gandalf", number, [], env);
    expect(run).toMatchObject({ status: 0 });
    expect(await listTree(target)).toEqual(tree);
  }
});

async function publish(fingerprint: string): Promise<void> {
  await writeFile(join(site.folder, "recipient.asc"), await gpg.export([fingerprint], "--armor"));
}

/** A new one is added, and the old one revoked, as the manual of gpg says. */
async function replaceSubkey(fingerprint: string): Promise<void> {
  const added = await gpg.run(["--quick-add-key", fingerprint, "cv25519", "encr", "never"]);
  expect(added).toMatchObject({ status: 0 });
  const answers = ["key 1", "revkey", "y", "2", "", "y", "save", ""].join("\n");
  const edit = ["--command-fd", "0", "--edit-key", fingerprint];
  expect(await gpg.run(edit, { input: answers })).toMatchObject({ status: 0 });
  const { stdout } = await gpg.run(["--with-colons", "--list-keys", fingerprint]);
  expect(stdout.toString()).toMatch(/^sub:r:(.|\n)*^sub:u:/m);
}

/** Fingerprints, the oldest first. */
async function subkeys(fingerprint: string): Promise<string[]> {
  const { stdout } = await gpg.run(["--with-colons", "--list-keys", fingerprint]);
  return [...stdout.toString().matchAll(/^sub:.*\nfpr:+(?<fingerprint>\w+):/gm)].map(
    ({ groups = {} }) => groups["fingerprint"] ?? "",
  );
}

async function headsOf(host: string): Promise<Awaited<ReturnType<typeof headOf>>[]> {
  return await Promise.all((await site.complete(host)).map(headOf));
}

async function headOf({ id }: Awaited<ReturnType<AttackSite["complete"]>>[number]) {
  return (await site.catalog.readHead(id)).head;
}

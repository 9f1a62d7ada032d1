import { chmod, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readSignerKeys } from "../../src/trust/signer-keys.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "signer-keys-"));
});
afterEach(async () => await rm(folder, { recursive: true }));

test("keys are those of the configuration, and archive-host's own on its machine", async () => {
  const named = join(folder, "named.asc");
  await writeFile(named, "named");
  expect(await readSignerKeys({ signers: [named], stateDirectory: "/none" })).toEqual(["named"]);
  await writeFile(join(folder, "signing-key.public.asc"), "own");
  const both = { signers: [named], stateDirectory: folder };
  expect(await readSignerKeys(both)).toEqual(["named", "own"]);
});

test("a configured file that cannot be read is an error", async () => {
  const places = { signers: [join(folder, "none.asc")], stateDirectory: "/none" };
  await expect(readSignerKeys(places)).rejects.toMatchObject({
    code: "signer-key",
    message: expect.stringContaining("ENOENT"),
  });
});

test("archive-host's key is not believed in a folder that others may write to", async () => {
  await writeFile(join(folder, "signing-key.public.asc"), "own");
  await chmod(folder, 0o777);
  await expect(readSignerKeys({ signers: [], stateDirectory: folder })).rejects.toMatchObject({
    code: "signer-key",
    hint: `chmod go-w ${folder}`,
  });
});

test("nor is a link in its place", async () => {
  await writeFile(join(folder, "elsewhere"), "key");
  await symlink(join(folder, "elsewhere"), join(folder, "signing-key.public.asc"));
  await expect(readSignerKeys({ signers: [], stateDirectory: folder })).rejects.toMatchObject({
    code: "signer-key",
  });
});

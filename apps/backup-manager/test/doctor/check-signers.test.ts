import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { checkSigners } from "../../src/doctor/check-signers.ts";

let stateDirectory: string;
beforeEach(async () => {
  stateDirectory = await mkdtemp(join(tmpdir(), "check-signers-"));
});

async function found(hasArchives = false): Promise<unknown> {
  onTestFinished(async () => await rm(stateDirectory, { recursive: true, force: true }));
  return await checkSigners({ signers: [], stateDirectory }, hasArchives);
}

const NONE_KNOWN = {
  state: "warning",
  message: expect.stringMatching(/^no signing key is known, so no archive is verified/),
};

test("A server that has not archived yet lacks no key: the first archive makes it", async () => {
  await writeFile(join(stateDirectory, "gandalf.lock"), "");
  expect(await found()).toEqual({
    check: "signers",
    state: "ok",
    message: `none yet: the first archive makes a signing key in ${stateDirectory}`,
    remedy: undefined,
  });
});

test.each(["gandalf.index", "signing-key.secret.asc"])(
  "A working directory that was used, by its %s, and has no public key is a warning",
  async (name) => {
    await writeFile(join(stateDirectory, name), "");
    expect(await found()).toMatchObject(NONE_KNOWN);
  },
);

test("So is an empty one where the store has archives: it is new, or somebody else's are there", async () => {
  expect(await found(true)).toMatchObject(NONE_KNOWN);
});

test("So is one that is not on this machine", async () => {
  await rm(stateDirectory, { recursive: true });
  expect(await found()).toMatchObject(NONE_KNOWN);
});

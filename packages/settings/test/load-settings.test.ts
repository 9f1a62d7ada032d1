import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadSettings, parseSettings, resolvePassphrase } from "../src/index.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "settings-"));
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

async function write(name: string, text: string, mode = 0o640): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  await chmod(file, mode);
  return file;
}

describe("loadSettings", () => {
  test("takes --config before the environment", async () => {
    const one = await write("one.toml", 'bucket = "one"\npassphrase = "x"');
    const two = await write("two.toml", 'bucket = "two"\npassphrase = "x"');
    const environment = { BACKUPPC_ARCHIVE_S3_CONFIG: two };
    expect((await loadSettings({ environment })).bucket).toBe("two");
    expect((await loadSettings({ file: one, environment })).bucket).toBe("one");
  });

  test.each([0o644, 0o642, 0o666])("refuses a secret in a file of mode %o", async (mode) => {
    const file = await write("open.toml", 'bucket = "one"\npassphrase = "x"', mode);
    await expect(loadSettings({ file, environment: {} })).rejects.toMatchObject({
      code: "exposed",
      hint: `Run: chmod o-rwx ${file}`,
    });
  });

  test("lets everyone read a file without a secret", async () => {
    const file = await write("open.toml", 'bucket = "one"\npassphraseFile = "/p"', 0o644);
    await expect(loadSettings({ file, environment: {} })).resolves.toMatchObject({ bucket: "one" });
  });

  test("tells which file can't be read", async () => {
    const file = join(folder, "missing.toml");
    await expect(loadSettings({ file, environment: {} })).rejects.toMatchObject({
      code: "unreadable",
      message: expect.stringContaining(file),
    });
    await expect(loadSettings({ file: folder, environment: {} })).rejects.toMatchObject({
      code: "unreadable",
    });
  });
});

describe("resolvePassphrase", () => {
  async function passphraseFor(line: string): Promise<string | undefined> {
    const settings = parseSettings(`bucket = "x"\n${line}`, "config.toml");
    return (await resolvePassphrase(settings))?.reveal();
  }

  test("reads the first line of a file, without its end", async () => {
    const file = await write("passphrase", "correct horse\r\nsecond line\n");
    expect(await passphraseFor(`passphraseFile = "${file}"`)).toBe("correct horse");
  });

  test("reads the first line that a command prints", async () => {
    expect(await passphraseFor('passphraseCommand = "echo one; echo two"')).toBe("one");
  });

  test("takes the passphrase as it is written, and none where there is none", async () => {
    expect(await passphraseFor('passphrase = " spaces "')).toBe(" spaces ");
    expect(await passphraseFor('encryption = "none"')).toBeUndefined();
  });

  test.each([
    ['passphraseFile = "/nonexistent"', "The passphrase can't be read"],
    ['passphraseCommand = "echo s3cr3t; exit 3"', "passphraseCommand failed with status 3."],
    ['passphraseCommand = "true"', "has no passphrase in its first line"],
  ])("refuses %s", async (line, message) => {
    await expect(passphraseFor(line)).rejects.toMatchObject({
      code: "passphrase",
      message: expect.stringContaining(message),
    });
    await expect(passphraseFor(line)).rejects.not.toThrow("s3cr3t");
  });

  test("refuses a file that others can read", async () => {
    const file = await write("passphrase", "secret\n", 0o644);
    await expect(passphraseFor(`passphraseFile = "${file}"`)).rejects.toMatchObject({
      code: "exposed",
    });
  });
});

import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadSettings } from "../src/index.ts";

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

  test.each([0o644, 0o604])("refuses a secret in a file of mode %o", async (mode) => {
    const file = await write("open.toml", 'bucket = "one"\npassphrase = "x"', mode);
    await expect(loadSettings({ file, environment: {} })).rejects.toMatchObject({
      code: "exposed",
      message: `${file} holds a secret, and every user of this machine can read it.`,
      hint: `Run: chmod o-rwx ${file}`,
    });
  });

  test("lets everyone read a file without a secret", async () => {
    const file = await write("open.toml", 'bucket = "one"\npassphraseFile = "/p"', 0o644);
    await expect(loadSettings({ file, environment: {} })).resolves.toMatchObject({ bucket: "one" });
  });

  test("takes an empty variable as none", async () => {
    const [empty, none] = await Promise.allSettled([
      loadSettings({ environment: { BACKUPPC_ARCHIVE_S3_CONFIG: "" } }),
      loadSettings({ environment: {} }),
    ]);
    expect(empty).toEqual(none);
  });

  test.each(['passphrase = "x"', 'passphraseFile = "/p"', 'passphraseCommand = "x"'])(
    "refuses a file that every user can change, with %s",
    async (line) => {
      const file = await write("open.toml", `bucket = "one"\n${line}`, 0o602);
      await expect(loadSettings({ file, environment: {} })).rejects.toMatchObject({
        code: "exposed",
        message: `${file} is trusted, but every user of this machine can change it.`,
      });
    },
  );

  test.each(["secretAccessKey", "sharedkey"])("takes %s for a secret too", async (key) => {
    const lines = `bucket = "one"\nencryption = "none"\naccessKeyId = "id"\n${key} = "x"`;
    const file = await write("open.toml", lines, 0o644);
    await expect(loadSettings({ file, environment: {} })).rejects.toMatchObject({
      code: "exposed",
    });
  });

  test("refuses text that is not UTF-8", async () => {
    const file = await write("latin.toml", "");
    await writeFile(file, Buffer.from('passphrase = "gr\u00fcn"', "latin1"));
    await expect(loadSettings({ file, environment: {} })).rejects.toMatchObject({
      code: "unreadable",
      message: `The configuration ${file} can't be read: it is not UTF-8.`,
    });
  });

  test("tells which file can't be read", async () => {
    const file = join(folder, "missing.toml");
    await expect(loadSettings({ file, environment: {} })).rejects.toMatchObject({
      code: "unreadable",
      message: `The configuration ${file} can't be read: ENOENT, there is no such file.`,
      hint: "Create it from docs/config.example.toml, or name another file with --config.",
    });
    const environment = { BACKUPPC_ARCHIVE_S3_CONFIG: file };
    await expect(loadSettings({ environment })).rejects.toMatchObject({
      code: "unreadable",
      hint: "Create it from docs/config.example.toml, or name another file with $BACKUPPC_ARCHIVE_S3_CONFIG.",
    });
    await expect(loadSettings({ file: folder, environment: {} })).rejects.toMatchObject({
      code: "unreadable",
      message: `The configuration ${folder} can't be read: EISDIR, it is a directory.`,
    });
  });
});

describe("manager.toml beside config.toml", () => {
  const SHARED = 'bucket = "one"\npassphraseFile = "/p"\naccessKeyId = "up"\nsecretAccessKey = "x"';
  const OWN = 'accessKeyId = "man"\nsecretAccessKey = "y"';
  const read = async (manager: boolean) =>
    await loadSettings({ file: join(folder, "config.toml"), environment: {}, manager });

  test("goes before it for the manager, and is not read otherwise", async () => {
    await write("config.toml", `${SHARED}\nsessionToken = "of the uploader"`);
    await write("manager.toml", `${OWN}\npassphraseCommand = "cat"`, 0o600);
    const manager = await read(true);
    expect(manager).toMatchObject({ bucket: "one", accessKeyId: "man", passphraseCommand: "cat" });
    expect(manager).not.toHaveProperty("sessionToken");
    expect(manager).not.toHaveProperty("passphraseFile");
    expect(await read(false)).toMatchObject({ accessKeyId: "up", passphraseFile: "/p" });
  });

  test("need not be there, and may be there alone", async () => {
    await write("config.toml", SHARED);
    expect((await read(true)).accessKeyId).toBe("up");
    await rm(join(folder, "config.toml"));
    await write("manager.toml", SHARED.replace("up", "man"));
    expect((await read(true)).accessKeyId).toBe("man");
    await expect(read(false)).rejects.toMatchObject({ code: "unreadable" });
  });

  test("is not passed over where it is there and can't be read", async () => {
    await write("config.toml", SHARED);
    await mkdir(join(folder, "manager.toml"));
    await expect(read(true)).rejects.toMatchObject({
      code: "unreadable",
      message: `The manager's configuration ${join(folder, "manager.toml")} can't be read: EISDIR, it is a directory.`,
    });
  });

  test("is refused if everyone can read its secret, and its mistakes have its name", async () => {
    await write("config.toml", SHARED);
    const file = await write("manager.toml", OWN, 0o644);
    await expect(read(true)).rejects.toMatchObject({
      code: "exposed",
      message: expect.stringContaining(file),
    });
    await write("manager.toml", `${OWN}\nbukket = "two"`);
    await expect(read(true)).rejects.toMatchObject({
      message: `${file}:3: there is no key "bukket"; did you mean "bucket"?`,
    });
  });

  test("is not read beside a file of another name", async () => {
    const file = await write("other.toml", SHARED);
    await write("manager.toml", OWN);
    const settings = await loadSettings({ file, environment: {}, manager: true });
    expect(settings.accessKeyId).toBe("up");
  });
});

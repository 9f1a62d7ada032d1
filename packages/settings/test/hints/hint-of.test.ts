import { readdir, readFile } from "node:fs/promises";
import { ArchiverError } from "@backuppc-archive-s3/archiver";
import { CatalogError } from "@backuppc-archive-s3/backup-catalog";
import { EncryptionError } from "@backuppc-archive-s3/gpg";
import { RestoreScriptError } from "@backuppc-archive-s3/restore-script";
import { StoreError } from "@backuppc-archive-s3/s3-transport";
import { describe, expect, test } from "vitest";
import { hintOf } from "../../src/hints/hint-of.ts";
import { describeSettings, SettingsError } from "../../src/index.ts";

const full = new StoreError("denied", "403", { reason: "full", permanent: true });

describe("The hint", () => {
  test.each<[string, Error, string]>([
    [
      "a store's code",
      new StoreError("denied", "403", { permanent: true }),
      "Give this access key",
    ],
    ["a store's reason", full, "Raise the store's quota"],
    ["a catalog's code", new CatalogError("too-large", "Too large."), "a larger `chunkSize`"],
    [
      "a catalog's reason",
      new CatalogError("invalid-archive", "No.", { reason: "host-name" }),
      "Rename the host in BackupPC.",
    ],
    ["a key", new EncryptionError("key-file", "No key."), "gpg --armor --output FILE --export KEY"],
    ["an archive", new ArchiverError("locked", "Locked."), "cancel it in BackupPC"],
    ["a script", new RestoreScriptError("bad-decompressor", "No."), "(filters)"],
    ["an error that has its own", new SettingsError("invalid", "No.", "Do it."), "Do it."],
  ])("of %s", (_, error, hint) => {
    expect(hintOf(error)).toContain(hint);
  });

  test("of a store that has been away is that of what failed at last", () => {
    const away = new StoreError("away", "Away.", { permanent: false, cause: full });
    expect(hintOf(away)).toBe(hintOf(full));
  });

  test("of any other error is none", () => {
    expect(hintOf(new TypeError("No."))).toBeUndefined();
  });
});

describe("No text names a setting, which a Node program does not have, in", () => {
  const keys = describeSettings().flatMap(({ settings }) => settings.map(({ key }) => key));
  const named = new RegExp(
    `\`(${keys.join("|")})\\\\?\`|\\bconfiguration\\b|\\$Conf|https?_proxy|no_proxy`,
    "g",
  );

  test.each([
    "archiver",
    "backup-catalog",
    "chunk-splitter",
    "gpg",
    "restore-script",
    "s3-transport",
  ])("%s", async (name) => {
    const source = new URL(`../../../${name}/src/`, import.meta.url);
    const files = (await readdir(source, { recursive: true })).filter((file) =>
      file.endsWith(".ts"),
    );
    expect(files.length).toBeGreaterThan(2);
    const texts = files.map(async (file) => await readFile(new URL(file, source), "utf8"));
    expect(withoutComments((await Promise.all(texts)).join("\n")).match(named)).toBeNull();
  });
});

function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/^\s*\/\/.*$/gm, "");
}

import { execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { openArchiveWriter, openCatalog } from "@backuppc-archive-s3/backup-catalog";
import { createEncryptor, readSigners, type Recipients } from "@backuppc-archive-s3/gpg";
import { restoreScript } from "@backuppc-archive-s3/restore-script";
import { createS3, withRetry } from "@backuppc-archive-s3/s3-transport";
import { runReadmeExample, startEmbeddedStore } from "@backuppc-archive-s3/test-rig";
import { expect, test } from "vitest";
import { archiveTar, chooseCompressor, signingKeyFiles } from "../src/index.ts";

test("The README's example archives a folder, and its script restores it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "archiver-readme-"));
  const bucket = "offsite";
  const region = "us-east-1";
  const credentials = { accessKeyId: "id", secretAccessKey: "secret" };
  const server = await startEmbeddedStore({
    directory: join(folder, "store"),
    buckets: [bucket],
    region,
    ...credentials,
  });
  try {
    const website = join(folder, "website");
    await mkdir(website);
    await writeFile(join(website, "index.html"), "<h1>Hello</h1>");
    await writeFile(join(website, "photo.jpg"), randomBytes(3_000_000));
    const lines: string[] = [];
    await runReadmeExample(new URL("../README.md", import.meta.url), {
      // The example runs where its folder is.
      spawn: (program: string, args: string[]) => spawn(program, args, { cwd: folder }),
      readFile,
      writeFile: async (name: string, text: string) => await writeFile(join(folder, name), text),
      basename,
      archiveTar,
      chooseCompressor,
      signingKeyFiles,
      openArchiveWriter,
      openCatalog,
      // Threads can't run TypeScript.
      createEncryptorPool: (recipients: Recipients) => createEncryptor(recipients),
      readSigners,
      restoreScript,
      createS3,
      withRetry,
      location: { bucket, region, endpoint: server.endpoint, forcePathStyle: true, credentials },
      stateFolder: join(folder, "state"),
      passphrase: "correct horse",
      console: { log: (line: string) => lines.push(line) },
    });
    expect(lines).toEqual([expect.stringMatching(/^(\d+) of \1 chunks were uploaded\.$/)]);
    const passphrase = join(folder, "passphrase");
    await writeFile(passphrase, "correct horse\n", { mode: 0o600 });
    const restored = join(folder, "restored");
    const args = [join(folder, "restore_website.sh"), "--passphrase-file", passphrase, restored];
    await promisify(execFile)("sh", args);
    for (const name of ["index.html", "photo.jpg"]) {
      expect(await readFile(join(restored, name))).toEqual(await readFile(join(website, name)));
    }
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

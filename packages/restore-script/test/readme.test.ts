import { runReadmeExample } from "@backuppc-archive-s3/test-rig";
import { expect, test } from "vitest";
import { restoreScript } from "../src/index.ts";

test("The README's example writes a script that only its owner can read", async () => {
  const written: unknown[][] = [];
  await runReadmeExample(new URL("../README.md", import.meta.url), {
    restoreScript,
    writeFile: (...args: unknown[]) => written.push(args),
    tarBytes: 3_000_000_000,
    chunks: [
      {
        key: "chunks/gandalf/7/20261122T031500Z-5f3a9c/gandalf.7.tar.00000001.gz.gpg",
        storedLength: 1_234_567_890,
        sha256: "0".repeat(64),
        url: "https://store.example/gandalf.7.tar.00000001.gz.gpg?X-Amz-Signature=1",
      },
    ],
    sums: { url: "https://store.example/SHA256SUMS.gpg?X-Amz-Signature=2" },
    created: new Date("2026-11-22T08:00:00Z"),
    expires: new Date("2026-11-29T08:00:00Z"),
  });
  expect(written).toEqual([["restore_gandalf.sh", expect.any(String), { mode: 0o600 }]]);
  expect(String(written[0]?.[1]).split("\n").slice(3, 23).join("\n")).toMatchInlineSnapshot(`
    "# Restores backup 7 of host gandalf, archived by BackupPC.
    #
    #   archived    2026-11-22 03:40:12 UTC (complete)
    #   size        3.0 GB of files, as a tar
    #   to fetch    1.2 GB in 1 chunk, each checked by its SHA-256
    #   sealed      opened by a passphrase
    #   URLs work   until 2026-11-29 08:00:00 UTC
    #
    # To bring everything back into a new or empty directory, run
    #
    #   sh restore_gandalf.sh DIRECTORY
    #
    # or \`sh restore_gandalf.sh --help\` for all it can do. To have more time, save
    # the chunks now with \`sh restore_gandalf.sh --download CHUNKS\`, and restore
    # whenever you like, without the network, with
    # \`sh restore_gandalf.sh --download CHUNKS DIRECTORY\`.
    #
    # It needs a POSIX shell with the usual small tools, curl or wget, gpg, tar, and
    # openssl, sha256sum or shasum. Keep it to yourself: who has it can fetch the chunks.
    # Attempt 20261122T031500Z-5f3a9c. Written on 2026-11-22 08:00:00 UTC by backup-manager 0.1.0."
  `);
});

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
        name: "20261122T031500Z-5f3a9c.00000001.gz.gpg",
        path: "chunks/gandalf/20261122T031500Z-5f3a9c/20261122T031500Z-5f3a9c.00000001.gz.gpg",
        signature: "1".repeat(64),
        storedLength: 1_234_567_890,
        tarLength: 3_000_000_000,
        sha256: "0".repeat(64),
      },
    ],
    urls: { base: "https://store.example/bucket/", query: "X-Amz-Expires=604800" },
    members: [
      {
        path: "archives/gandalf/7/20261122T031500Z-5f3a9c/members.0001.gz.gpg",
        signature: "3".repeat(64),
        sha256: "4".repeat(64),
      },
    ],
    sums: {
      path: "archives/gandalf/7/20261122T031500Z-5f3a9c/SHA256SUMS.gpg",
      signature: "2".repeat(64),
    },
    dataKey: Uint8Array.of(0x8c, 1, 0, 0xd2, 1, 0),
    fingerprint: "0123456789ABCDEF0123456789ABCDEF01234567",
    created: new Date("2026-11-22T08:00:00Z"),
    expires: new Date("2026-11-29T08:00:00Z"),
  });
  expect(written).toEqual([["restore_gandalf.sh", expect.any(String), { mode: 0o600 }]]);
  expect(String(written[0]?.[1]).split("\n").slice(3, 26).join("\n")).toMatchInlineSnapshot(`
    "# Restores backup 7 of host gandalf, archived by BackupPC.
    #
    #   archived    2026-11-22 03:40:12 UTC (complete)
    #   size        3.0 GB of files, as a tar
    #   to fetch    1.2 GB in 1 chunk, each checked by its SHA-256
    #   encryption  decrypted with the passphrase
    #   verified    signed by 0123456789ABCDEF0123456789ABCDEF01234567
    #   URLs work   until 2026-11-29 08:00:00 UTC
    #
    # To restore everything into a new or empty directory, run
    #
    #   sh restore_gandalf.sh DIRECTORY
    #
    # \`--list\` and \`--find GLOB\` list files, and \`DIRECTORY /etc/fstab\` restores one: only what is needed is fetched.
    #
    # \`sh restore_gandalf.sh --help\` lists all options. If the URLs expire too soon, save
    # the chunks now with \`sh restore_gandalf.sh --download CHUNKS\`, and restore them
    # later, without the network, with
    # \`sh restore_gandalf.sh --download CHUNKS DIRECTORY\`.
    #
    # It needs a POSIX shell with the usual small tools and awk, curl or wget, gpg, tar, and
    # openssl, sha256sum or shasum. Keep it private: anyone who has it can fetch the chunks.
    # Attempt 20261122T031500Z-5f3a9c. Written on 2026-11-22 08:00:00 UTC by backup-manager 0.1.0."
  `);
});

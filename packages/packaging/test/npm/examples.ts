import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createGpgHome } from "@backuppc-archive-s3/gpg/home";

/** What surrounds the example of a README, so that it is a program. */
export interface Example {
  /** Names that the example leaves to its reader; in words that JavaScript and TypeScript share. */
  readonly before: string;
  readonly after: string;
  readonly prints: RegExp;
  /** Other packages that it imports. */
  readonly needs?: readonly string[];
  /** Files that it reads. */
  readonly prepare?: (folder: string) => Promise<void>;
}

const PRINT_LINES = 'console.log(lines.join("\\n"));';

/** By name of the package. @param location of an S3 store, in JSON */
export function examples(location: string): Readonly<Record<string, Example>> {
  return {
    archiver: {
      before: `const location = ${location};
        const [stateFolder, passphrase] = ["state", "correct horse"];`,
      after: "",
      prints: /^(\d+) of \1 chunks were uploaded\.\n$/,
      needs: ["restore-script"],
      prepare: async (folder) => {
        await mkdir(join(folder, "website"));
        await writeFile(join(folder, "website/index.html"), "<h1>Hello</h1>");
      },
    },
    "backup-catalog": {
      before: `import { createHash } from "node:crypto";
        import { bytesBody } from "@backuppc-archive-s3/s3-transport";
        import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
        const store = createMemoryStore();
        const encryptedChunk = bytesBody(Buffer.from("encrypted"));
        const [encryptedDataKey, encryptedMembers] = [Buffer.from("key"), Buffer.from("members")];
        const plainSha256 = "0".repeat(64);
        const encrypt = async (text) => Buffer.from(text);
        const sign = async (head) => createHash("sha256").update(head).digest();
        const verifier = { verify: async (head, signature) =>
          (await sign(head)).equals(signature) ? "5161".repeat(10) : undefined };
        const report = (line) => console.log(line);`,
      after: "",
      prints: /^gandalf 123: complete, 1 chunks, 1 new\n9 bytes .*\n0 findings\nkeep 123: /,
    },
    "chunk-splitter": {
      before: `import { execFileSync } from "node:child_process";
        import { writeFileSync } from "node:fs";
        writeFileSync("a", "abc");
        const lines = [...""];
        const source = (async function* () { yield execFileSync("tar", ["-cf", "-", "a"]); })();`,
      after: PRINT_LINES,
      prints: /^a: 3 bytes, at 0\nchunk at 0: 10240 bytes\n$/,
    },
    gpg: {
      before: `import { readFileSync } from "node:fs";
        import { writeFile } from "node:fs/promises";
        const [passphrase, chunk] = ["secret", Buffer.from("a chunk")];`,
      after: 'console.log(readFileSync("chunk.gpg").length > 100);',
      prints: /^true\n$/,
      prepare: writePublicKey,
    },
    "restore-script": {
      before: `import { readFileSync } from "node:fs";
        const tarBytes = 3_000_000;
        const name = "20261122T031500Z-5f3a9c.00000001.gz.gpg";
        const sum = { signature: "1".repeat(64), sha256: "0".repeat(64) };
        const [storedLength, tarLength] = [1_234, tarBytes];
        const chunks = [{ name, path: "chunks/gandalf/" + name, storedLength, tarLength, ...sum }];
        const members = [{ path: "archives/gandalf/7/members.0001.gz.gpg", ...sum }];
        const urls = { base: "https://store.example/bucket/", query: "X-Amz-Expires=604800" };
        const sums = { path: "archives/gandalf/7/SHA256SUMS.gpg", signature: "2".repeat(64) };
        const dataKey = Uint8Array.of(0x8c, 1, 0, 0xd2, 1, 0);
        const fingerprint = "0123456789ABCDEF0123456789ABCDEF01234567";
        const [created, expires] = [new Date(), new Date("2036-11-29T08:00:00Z")];`,
      after: 'console.log(readFileSync("restore_gandalf.sh", "utf8").split("\\n")[0]);',
      prints: /^#!\/bin\/sh/,
    },
    "s3-transport": {
      before: `const location = ${location}; const lines = [...""];`,
      after: PRINT_LINES,
      prints: /^hello\.txt: 5 bytes\nhello\n$/,
    },
    settings: {
      before: "const lines = [...''];",
      after: PRINT_LINES,
      prints: /^offsite, 268435456 bytes of memory\nthe passphrase is \[secret\]\n/,
    },
  };
}

async function writePublicKey(folder: string): Promise<void> {
  const owner = await createGpgHome();
  try {
    const key = await owner.makeKey("cv25519");
    await writeFile(join(folder, "offsite.asc"), await owner.export([key], "--armor"));
  } finally {
    await owner.remove();
  }
}

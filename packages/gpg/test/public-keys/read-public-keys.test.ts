import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGpgHome, type GpgHome } from "../../src/home/index.ts";
import { generateKey } from "openpgp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPublicKeys } from "../../src/index.ts";
import { type Packet, packetAt } from "../../src/packets/packet-at.ts";

let home: GpgHome;
let folder: string;
let [rsa, curve] = ["", ""];
beforeAll(async () => {
  home = await createGpgHome();
  folder = await mkdtemp(join(tmpdir(), "public-keys-"));
  rsa = await home.makeKey("rsa", { userId: "Alice <alice@example.net>" });
  curve = await home.makeKey("cv25519", { userId: "Böb <bob@example.net>" });
});
afterAll(async () => {
  await home.remove();
  await rm(folder, { recursive: true, force: true });
});

async function file(...contents: readonly (Uint8Array | string)[]): Promise<string> {
  const name = join(await mkdtemp(join(folder, "f")), "keys");
  await writeFile(name, Buffer.concat(contents.map((content) => Buffer.from(content))));
  return name;
}

async function fingerprints(...files: readonly string[]): Promise<string[]> {
  return (await readPublicKeys(files)).map(({ fingerprint }) => fingerprint);
}

function packetsOf(bytes: Uint8Array): Packet[] {
  const packets: Packet[] = [];
  let packet = packetAt(bytes, 0);
  while (packet !== undefined) {
    packets.push(packet);
    packet = packetAt(bytes, packet.end);
  }
  return packets;
}

describe("readPublicKeys takes", () => {
  test("a binary file and an armored one, and says whose they are", async () => {
    const files = [
      await file(await home.export([rsa])),
      await file(await home.export([curve], "--armor")),
    ];
    expect(await readPublicKeys(files)).toMatchObject([
      { fingerprint: rsa, userId: "Alice <alice@example.net>" },
      { fingerprint: curve, userId: "Böb <bob@example.net>" },
    ]);
  });

  test("several keys of one file: in one block, in several blocks, binary", async () => {
    const blocks = [await home.export([rsa], "--armor"), await home.export([curve], "--armor")];
    const both = [rsa, curve].toSorted();
    for (const contents of [
      blocks,
      [
        "for the off-site copy:\r\n",
        ...blocks.map((block) => block.toString().replaceAll("\n", "\r\n")),
      ],
      [await home.export(both, "--armor")],
      [await home.export(both)],
    ]) {
      expect((await fingerprints(await file(...contents))).toSorted()).toEqual(both);
    }
  });

  test("a key that an editor has put a byte order mark before", async () => {
    const armored = await home.export([rsa], "--armor");
    expect(await fingerprints(await file("\uFEFF", armored))).toEqual([rsa]);
  });

  test("a key that stands in two files once", async () => {
    const content = await home.export([rsa]);
    expect(await fingerprints(await file(content), await file(content))).toEqual([rsa]);
  });
});

describe("readPublicKeys refuses", () => {
  test.each([
    ["an empty file", "", "is empty"],
    ["a text", "hello\n", "holds no public key"],
    [
      "a message",
      "-----BEGIN PGP MESSAGE-----\n\nxA0=\n-----END PGP MESSAGE-----\n",
      "holds a PGP MESSAGE",
    ],
    ["UTF-16, as PowerShell writes it", "\u00FF\u00FE-\0", "holds no public key, or a damaged one"],
    [
      "an armor without its end",
      "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQEN\n",
      "holds a damaged block",
    ],
  ])("%s", async (_, content, problem) => {
    const name = await file(Buffer.from(content, "latin1"));
    await expect(readPublicKeys([name])).rejects.toMatchObject({
      code: "key-file",
      message: `The public key file ${name} ${problem}${problem.endsWith("MESSAGE") ? ", which is no public key" : ""}.`,
    });
  });

  test("a file that is not there", async () => {
    await expect(readPublicKeys([join(folder, "none.asc")])).rejects.toMatchObject({
      code: "key-file",
      message: expect.stringMatching(/none\.asc cannot be read: ENOENT/),
    });
  });

  test("a torn file, binary or armored, and a second block that stands indented", async () => {
    const binary = await home.export([rsa]);
    const armored = (await home.export([rsa], "--armor")).toString();
    const indented = armored.replaceAll(/^/gm, "  ");
    for (const content of [binary.subarray(0, -20), armored.slice(0, -100), armored + indented]) {
      await expect(readPublicKeys([await file(content)])).rejects.toMatchObject({
        code: "key-file",
      });
    }
  });

  test.each([
    ["c600", "holds a key of version 0; every gpg reads only version 4"],
    ["efbfbd", "holds no public key, or a damaged one"],
    ["efbbbd", "holds no public key, or a damaged one"],
  ])("the bytes %s, which are no key", async (hex, problem) => {
    const name = await file(Buffer.from(hex, "hex"));
    await expect(readPublicKeys([name])).rejects.toThrow(`The public key file ${name} ${problem}.`);
  });

  test("a key without a user ID, by its fingerprint alone", async () => {
    const exported = await home.export([curve]);
    const [key, userId, signature] = packetsOf(exported);
    expect([key?.tag, userId?.tag, signature?.tag]).toEqual([6, 13, 2]);
    const nameless = await file(exported.subarray(0, key?.end), exported.subarray(signature?.end));
    await expect(readPublicKeys([nameless])).rejects.toMatchObject({
      code: "key-unusable",
      message: expect.stringContaining(
        `Nothing can be encrypted to the key ${curve} in ${nameless}:`,
      ),
    });
  });

  test("a secret key, also behind a public one", async () => {
    const secret = await home.run(["--export-secret-keys", rsa]);
    const armored = await home.run(["--armor", "--export-secret-keys", rsa]);
    for (const content of [
      [secret.stdout],
      [armored.stdout],
      [await home.export([curve]), secret.stdout],
      [await home.export([curve], "--armor"), armored.stdout],
    ]) {
      const name = await file(...content);
      await expect(readPublicKeys([name])).rejects.toThrow(
        `The public key file ${name} holds a secret key, which must stay away from here.`,
      );
    }
  });

  test("a key of version 6 behind one that it knows, which openpgp.js would add to that", async () => {
    const { publicKey } = await generateKey({
      userIDs: [{ name: "New" }],
      config: { v6Keys: true },
      format: "binary",
    });
    const name = await file(await home.export([rsa]), publicKey);
    await expect(readPublicKeys([name])).rejects.toThrow(
      "holds a key of version 6; every gpg reads only version 4.",
    );
  });

  test("a key whose encryption no gpg reads", async () => {
    const { publicKey } = await generateKey({
      type: "curve25519",
      userIDs: [{ name: "New" }],
      config: { v6Keys: false },
    });
    await expect(readPublicKeys([await file(publicKey)])).rejects.toThrow(
      "its encryption is x25519, which gpg does not read",
    );
  });

  test.each([
    [
      "that has expired",
      "cv25519",
      { made: "20200101T000000", expires: "1d" },
      "it expired on 2020-01-02",
    ],
    [
      "that no one can check",
      "brainpool",
      {},
      "it signs with a Brainpool curve, which cannot be checked",
    ],
    ["that can only sign", "sign-only", {}, "it can only sign, not encrypt"],
    [
      "of the future",
      "cv25519",
      { made: "20990101T000000" },
      "it was made on 2099-01-01, which is in the future: check the clock",
    ],
    [
      "that is too short",
      "short rsa",
      {},
      "RSA keys shorter than 2047 bits are considered too weak",
    ],
  ] as const)("a key %s, by its fingerprint, user ID and file", async (_, kind, options, why) => {
    const userId = "Carol <carol@example.net>";
    const fingerprint = await home.makeKey(kind, { userId, ...options });
    const [good, bad] = [
      await file(await home.export([rsa])),
      await file(await home.export([fingerprint])),
    ];
    await expect(readPublicKeys([good, bad])).rejects.toMatchObject({
      code: "key-unusable",
      message: `Nothing can be encrypted to the key ${fingerprint} (${userId}) in ${bad}: ${why}.`,
    });
  });

  test("a key that is revoked, or whose only encryption subkey is revoked or expired", async () => {
    const revoked = await home.makeKey("cv25519");
    await home.revoke(revoked);
    await expect(readPublicKeys([await file(await home.export([revoked]))])).rejects.toThrow(
      ": it is revoked.",
    );
    const [subkeyRevoked, subkeyExpired] = [
      await home.makeKey("cv25519"),
      await home.makeKey("sign-only", { made: "20200101T000000" }),
    ];
    const answers = "key 1\nrevkey\ny\n0\n\ny\nsave\n";
    await home.run(["--no-batch", "--no-tty", "--command-fd", "0", "--edit-key", subkeyRevoked], {
      input: answers,
    });
    await expect(readPublicKeys([await file(await home.export([subkeyRevoked]))])).rejects.toThrow(
      ": its encryption subkey is revoked.",
    );
    await home.run([
      "--faked-system-time",
      "20200101T000000",
      "--quick-add-key",
      subkeyExpired,
      "cv25519",
      "encr",
      "1d",
    ]);
    await expect(readPublicKeys([await file(await home.export([subkeyExpired]))])).rejects.toThrow(
      ": its encryption subkey is expired.",
    );
  });

  test("a key by its user ID on one line, whatever that holds", async () => {
    const { publicKey } = await generateKey({
      userIDs: [{ name: `Mallory\n\u001B[2J${"x".repeat(200)}` }],
      curve: "curve25519Legacy",
      type: "ecc",
      keyExpirationTime: 1,
      date: new Date("2020-01-01"),
    });
    const failed = readPublicKeys([await file(publicKey)]);
    await expect(failed).rejects.toThrow(/^\P{Cc}*\(Mallory\?\[2Jx{89}\)\P{Cc}*$/u);
  });
});

import { bytesBody, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { describe, expect, test } from "vitest";
import { type Encryption, openCatalog, type Trust } from "../../src/index.ts";
import { ID, prepareArchive, signed, SIGNER, storeArchive, TRUST } from "../stored-archive.ts";
import { openArchiveWriter } from "../../src/index.ts";
import { memory, put, textAt } from "../memory.ts";

const FOLDER = `archives/web.example.com/7/${ID.attempt}`;
const MARKER = `${FOLDER}/complete.3.207.3.207.sig`;

test("a head that a trusted key has signed is verified, and says by whom", async () => {
  const store = memory();
  const { head } = await storeArchive(store);
  expect(await openCatalog(store).openArchive(ID, TRUST)).toEqual({
    head,
    trust: { state: "verified", signer: SIGNER },
  });
});

describe("a head is unverified", () => {
  test.each<[string, string, (store: ObjectStore) => Promise<unknown>]>([
    ["without a marker", "no-marker", async (store) => await store.delete([MARKER])],
    [
      "with a second marker",
      "two-markers",
      async (store) => await put(store, `${FOLDER}/partial.1.1.1.1.sig`, "x"),
    ],
    [
      "if its marker is empty of a signature",
      "bad-signature",
      async (store) => await put(store, MARKER, "{}"),
    ],
    [
      "if the signature is of another head",
      "bad-signature",
      async (store) => {
        const key = `${FOLDER}/archive.json`;
        const head = await textAt(store, key);
        await put(store, key, head.replace('"sourceErrors": 0', '"sourceErrors":  0'));
      },
    ],
    [
      "if the marker's name says complete and the signed head partial",
      "marker-disagrees",
      async (store) => {
        const signature = signed(Buffer.from(await textAt(store, `${FOLDER}/archive.json`)));
        await store.delete([MARKER]);
        await store.put(`${FOLDER}/partial.3.207.3.207.sig`, bytesBody(signature));
      },
    ],
  ])("%s", async (_, reason, spoil) => {
    const store = memory();
    await storeArchive(store);
    await spoil(store);
    const { trust } = await openCatalog(store).openArchive(ID, TRUST);
    expect(trust).toEqual({ state: "unverified", reason });
  });

  test("where no key is trusted", async () => {
    const store = memory();
    await storeArchive(store);
    const { trust } = await openCatalog(store).openArchive(ID, {
      allowPlaintext: true,
      filters: [],
    });
    expect(trust).toEqual({ state: "unverified", reason: "no-signers" });
  });
});

describe("a head that contradicts the configuration is refused, even signed", () => {
  const key = "A".repeat(40);
  const byKey: Encryption = { passphrase: false, recipients: [key], subkeys: [key] };
  test.each<[string, Partial<Trust>, Encryption | null, string]>([
    ["stored in the clear", { allowPlaintext: false }, null, "gzip"],
    ["encrypted to another key", { recipients: ["B".repeat(40)] }, byKey, "gzip"],
    ["encrypted to a key where there is none", { recipients: [] }, byKey, "gzip"],
    ["to be decompressed by a program of its own", {}, byKey, "perl"],
    ["to be decompressed by another filter", { filters: ["/usr/bin/lz4"] }, byKey, "sh"],
  ])("%s", async (_, trust, encryption, compression) => {
    const store = await storeOf(encryption, compression);
    const opened = openCatalog(store).openArchive(ID, { ...TRUST, ...trust });
    await expect(opened).rejects.toMatchObject({ name: "CatalogError", code: "refused" });
  });

  test.each<[string, Partial<Trust>, Encryption | null, string]>([
    ["stored in the clear where that is allowed", {}, null, "none"],
    ["encrypted to a key of the configuration", { recipients: ["a".repeat(40)] }, byKey, "zstd"],
    ["decompressed by a filter of the configuration", { filters: ["/opt/bin/lz4"] }, byKey, "lz4"],
  ])("but not one %s", async (_, trust, encryption, compression) => {
    const store = await storeOf(encryption, compression);
    const opened = await openCatalog(store).openArchive(ID, { ...TRUST, ...trust });
    expect(opened.trust.state).toBe("verified");
  });
});

describe("where the configuration has a passphrase", () => {
  const key = "A".repeat(40);
  const toKey: Encryption = { passphrase: false, recipients: [key], subkeys: [key] };
  const toBoth: Encryption = { ...toKey, passphrase: true };
  const toPassphrase: Encryption = { passphrase: true, recipients: [], subkeys: [] };
  const rules = { allowPlaintext: false, filters: [], passphrase: true };

  test.each<[string, Encryption, readonly string[] | undefined]>([
    ["that it does not open", toKey, [key]],
    ["that it does not open, whoever has the key", toKey, undefined],
    ["that a key opens too which the configuration does not name", toBoth, undefined],
  ])("an unsigned archive is refused %s", async (_, encryption, recipients) => {
    const trust = { ...rules, ...(recipients !== undefined && { recipients }) };
    const opened = openCatalog(await storeOf(encryption, "gzip")).openArchive(ID, trust);
    await expect(opened).rejects.toMatchObject({ code: "refused" });
  });

  test.each<[string, Encryption, readonly string[] | undefined]>([
    ["the passphrase opens", toPassphrase, undefined],
    ["both open", toBoth, [key]],
  ])("an unsigned archive that %s is unverified and no more", async (_, encryption, recipients) => {
    const trust = { ...rules, ...(recipients !== undefined && { recipients }) };
    const opened = await openCatalog(await storeOf(encryption, "gzip")).openArchive(ID, trust);
    expect(opened.trust.state).toBe("unverified");
  });

  test.each<[string, Encryption | null, object]>([
    ["that a key opens, where there is no passphrase to prove it by", toKey, { passphrase: false }],
    ["in the clear, where that is allowed", null, { allowPlaintext: true }],
  ])("an unsigned archive %s is unverified and no more", async (_, encryption, changes) => {
    const trust = { ...rules, ...changes };
    const opened = await openCatalog(await storeOf(encryption, "gzip")).openArchive(ID, trust);
    expect(opened.trust.state).toBe("unverified");
  });

  test("a signed one is taken, whatever opens it", async () => {
    const trust = { ...TRUST, passphrase: true };
    const opened = await openCatalog(await storeOf(toKey, "gzip")).openArchive(ID, trust);
    expect(opened.trust.state).toBe("verified");
  });
});

describe("a head is damaged", () => {
  test.each([
    ["that is no JSON", () => "<html>", "is not JSON"],
    [
      "that is no UTF-8",
      (text: string) => Buffer.from(text.replace("test 1.0", "\xff"), "latin1"),
      "is not JSON",
    ],
    ["that is cut short", (text: string) => text.slice(0, 200), "is not JSON"],
    [
      "of another host",
      (text: string) => text.replace("web.example.com", "other"),
      "is of another archive: other 7",
    ],
    [
      "of another number",
      (text: string) => text.replace('"number": 7', '"number": 8'),
      "is of another archive",
    ],
    [
      "that calls partial what has no errors",
      (text: string) => text.replace('"complete"', '"partial"'),
      "status: does not agree with sourceErrors",
    ],
    ["with ranges of its own kind", (text: string) => text.replace('"1-3"', '"1-3,4"'), "keeps"],
    [
      "with a name for a shell",
      (text: string) => text.replace('"gzip"', '"gzip;reboot"'),
      "compression.name",
    ],
    [
      "with an option for a program",
      (text: string) => text.replace('"gzip"', '"-rf"'),
      "compression.name",
    ],
    [
      "that nobody can open",
      (text: string) => text.replace('"passphrase": true', '"passphrase": false'),
      "encryption",
    ],
    [
      "of no time",
      (text: string) => text.replace("2026-11-22T03:15:00.000Z", "2026-02-30T03:15:00.000Z"),
      "started",
    ],
  ])("%s", async (_, spoil, message) => {
    const store = memory();
    await storeArchive(store);
    const key = `${FOLDER}/archive.json`;
    await put(store, key, spoil(await textAt(store, key)));
    const read = openCatalog(store).readHead(ID);
    await expect(read).rejects.toMatchObject({ name: "CatalogError", code: "damaged" });
    await expect(read).rejects.toThrow(message);
  });

  test("that is larger than any head, after no more than that was read", async () => {
    const store = memory();
    await storeArchive(store);
    let sent = 0;
    const endless: ObjectStore = {
      ...store,
      get: async () =>
        (async function* () {
          for (;;) {
            sent += 1_048_576;
            yield Buffer.alloc(1_048_576);
          }
        })(),
    };
    await expect(openCatalog(endless).readHead(ID)).rejects.toThrow("is larger than 16777216");
    expect(sent).toBeLessThan(20_000_000);
  });
});

test("a head of a newer release is refused, never guessed", async () => {
  const store = memory();
  await storeArchive(store);
  const key = `${FOLDER}/archive.json`;
  await put(store, key, (await textAt(store, key)).replace('"format": 1', '"format": 2'));
  await expect(openCatalog(store).readHead(ID)).rejects.toMatchObject({ code: "newer-format" });
});

test("an archive that is not there, and one without its head, are not found", async () => {
  const store = memory();
  const code = "not-found";
  await expect(openCatalog(store).readHead(ID)).rejects.toMatchObject({ code });
  await prepareArchive(store, openArchiveWriter(store));
  await expect(openCatalog(store).openArchive(ID, TRUST)).rejects.toMatchObject({ code });
});

async function storeOf(encryption: Encryption | null, name: string): Promise<ObjectStore> {
  const store = memory();
  const writer = openArchiveWriter(store);
  const commit = await prepareArchive(store, writer, { encrypted: encryption !== null });
  const compression = { suffix: ".gz", name };
  await writer.commit({ ...commit, head: { ...commit.head, encryption, compression } });
  return store;
}

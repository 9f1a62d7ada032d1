import { describe, expect, test } from "vitest";
import { type Binding, newEpoch, whatChanged } from "../../src/index/epoch.ts";

const BINDING: Binding = {
  host: "web",
  encrypted: true,
  passphrase: "s3cr3t",
  subkeys: ["B", "A"],
  compression: { name: "gzip", suffix: ".gz" },
  store: { bucket: "offsite", endpoint: null, prefix: "" },
  uploader: "A".repeat(40),
};
const HEADER = await newEpoch(BINDING, { dataKey: "d".repeat(64), mean: 2_097_152 });

describe("whatChanged", () => {
  test("says nothing where nothing has", async () => {
    expect(await whatChanged(HEADER, BINDING)).toBeUndefined();
    expect(await whatChanged(HEADER, { ...BINDING, subkeys: ["A", "B"] })).toBeUndefined();
  });

  test.each<[Partial<Binding>, string]>([
    [{ host: "mail" }, "the chunk index belongs to another host"],
    [{ passphrase: "another" }, "the passphrase has changed"],
    [{ passphrase: undefined }, "the passphrase has changed"],
    [{ subkeys: ["A"] }, "the recipients' keys have changed"],
    [{ subkeys: ["A", "C"] }, "the recipients' keys have changed"],
    [{ encrypted: false }, "encryption was switched on or off"],
    [{ compression: { name: "none", suffix: "" } }, "the compression has changed"],
    [
      { store: { bucket: "other", endpoint: null, prefix: "" } },
      "the chunks are stored in another place now",
    ],
    [
      { store: { bucket: "offsite", endpoint: null, prefix: "a/" } },
      "the chunks are stored in another place now",
    ],
    [{ uploader: "B".repeat(40) }, "the signing key has changed"],
  ])("says what has changed with %j", async (changes, why) => {
    expect(await whatChanged(HEADER, { ...BINDING, ...changes })).toBe(why);
  });
});

describe("newEpoch", () => {
  test("has keys of its own, and does not hold the passphrase", async () => {
    const again = await newEpoch(BINDING, { dataKey: null, mean: 1 });
    for (const key of ["epoch", "cutKey", "canary", "passphrase"] as const) {
      expect(again[key]).not.toEqual(HEADER[key]);
    }
    expect(JSON.stringify(HEADER)).not.toContain("s3cr3t");
  });

  test("knows no passphrase where there is none", async () => {
    const binding = { ...BINDING, passphrase: undefined };
    const header = await newEpoch(binding, { dataKey: null, mean: 1 });
    expect(header.passphrase).toBeNull();
    expect(await whatChanged(header, binding)).toBeUndefined();
    expect(await whatChanged(header, BINDING)).toBe("the passphrase has changed");
  });
});

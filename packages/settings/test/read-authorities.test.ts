import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeAuthority } from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { authoritiesEnd, parseSettings, storeLocation } from "../src/index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "authorities-"));
});
afterAll(async () => await rm(folder, { recursive: true }));

function authoritiesOf(caFile: string): string | undefined {
  const lines = `bucket = "b"\nencryption = "none"\ncaFile = ${JSON.stringify(caFile)}`;
  return storeLocation(parseSettings(lines, "c.toml")).authorities;
}

describe("caFile", () => {
  test("may hold several certificates, and text around them", async () => {
    const [one, two] = [await makeAuthority(), await makeAuthority()];
    const both = join(folder, "both.pem");
    const pems = [await readFile(one.file, "utf8"), await readFile(two.file, "utf8")];
    await writeFile(both, `the authority of the house\n${pems[0]}\n`);
    await appendFile(both, pems[1] ?? "");
    const found = authoritiesOf(both) ?? "";
    expect(found.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(found).not.toContain("house");
    const days = (authoritiesEnd(both).getTime() - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(98);
    expect(days).toBeLessThan(100);
    await Promise.all([one.remove(), two.remove()]);
  });

  test.each([
    ["", /caFile: .* holds no certificate\.$/],
    ["-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n", /holds no certificate\.$/],
    ["-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", /in .* is damaged\.$/],
    [undefined, /caFile: .*wrong\.pem cannot be read \(ENOENT/],
  ])("that holds %j is refused", async (text, message) => {
    const file = join(folder, "wrong.pem");
    await rm(file, { force: true });
    if (text !== undefined) await writeFile(file, text);
    expect(() => authoritiesOf(file)).toThrow(
      expect.objectContaining({ code: "invalid", message: expect.stringMatching(message) }),
    );
  });
});

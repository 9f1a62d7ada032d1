import { expect, test } from "vitest";
import { parseSettings, secretsOf } from "../src/index.ts";

function secretsIn(...lines: string[]): readonly string[] {
  return secretsOf(parseSettings(['bucket = "b"', ...lines].join("\n"), "c.toml"));
}

test("The secrets of a configuration are those that stand in it, and the URL that anyone may ping", () => {
  expect(secretsIn('encryption = "none"')).toEqual([]);
  expect(secretsIn('passphraseFile = "/p"', 'accessKeyId = "id"', 'secretAccessKey = "s"')).toEqual(
    ["s"],
  );
  const ping = 'pingUrl = "https://hc.example.net/ping/KEY"';
  const keys = ['accessKeyId = "id"', 'secretAccessKey = "s"', 'sessionToken = "t"'];
  expect(secretsIn('passphrase = "p"', ...keys, ping)).toEqual([
    "p",
    "s",
    "t",
    "https://hc.example.net/ping/KEY",
  ]);
});

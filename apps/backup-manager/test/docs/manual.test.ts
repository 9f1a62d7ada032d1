import { fileURLToPath } from "node:url";
import { backupManagerPage, roffOf } from "@backuppc-archive-s3/packaging";
import { expect, test } from "vitest";
import { COMMANDS } from "../../src/command-line/commands.ts";
import { helpText } from "../../src/command-line/help.ts";

const FILE = fileURLToPath(new URL("../../../../docs/man/backup-manager.1", import.meta.url));

test("docs/man/backup-manager.1 says what the help says (vitest -u writes it anew)", async () => {
  const page = await backupManagerPage(helpText);
  await expect(roffOf(page)).toMatchFileSnapshot(FILE);
});

test("The manual page has every option of every command, and what each exit status means", async () => {
  const { parts } = await backupManagerPage(helpText);
  const blocks = parts.flatMap((part) => part.blocks);
  const terms = blocks.flatMap((block) => (block.kind === "items" ? block.items : []));
  const known = COMMANDS.flatMap(({ options }) =>
    Object.entries(options).flatMap(([name, { hidden }]) => (hidden === true ? [] : [name])),
  );
  for (const name of known)
    expect(terms.some(([term]) => term.split(/[ ,]+/).includes(`--${name}`))).toBe(true);
  for (const [, meaning] of terms) expect(meaning).not.toBe("");
  expect(terms.map(([term]) => term)).toEqual(expect.arrayContaining(["0", "2", "13"]));
});

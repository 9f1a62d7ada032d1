import { fileURLToPath } from "node:url";
import { archiveHostPage, roffOf } from "@backuppc-archive-s3/packaging";
import { expect, test } from "vitest";
import { askedText } from "../src/help.ts";
import { NAMES } from "../src/usage.ts";

const FILE = fileURLToPath(new URL("../../../docs/man/archive-host.8", import.meta.url));

test("docs/man/archive-host.8 says what the help says (vitest -u writes it anew)", async () => {
  await expect(roffOf(await page())).toMatchFileSnapshot(FILE);
});

test("The manual page has every argument in its order, and what each exit status means", async () => {
  const items = (await page()).parts.map(({ heading, blocks }) => [
    heading,
    blocks.flatMap((block) => (block.kind === "items" ? block.items.map(([term]) => term) : [])),
  ]);
  expect(Object.fromEntries(items)).toMatchObject({
    ARGUMENTS: NAMES,
    "EXIT STATUS": ["0", "1", "2", "3", "11", "12", "130"],
  });
});

async function page(): ReturnType<typeof archiveHostPage> {
  return await archiveHostPage(async () => (await askedText(["--help"])) ?? "");
}

import { fileURLToPath } from "node:url";
import { format } from "prettier";
import { expect, test } from "vitest";
import { COMMANDS } from "../../src/command-line/commands.ts";
import { helpText } from "../../src/command-line/help.ts";

const PAGE = fileURLToPath(new URL("../../../../docs/options.md", import.meta.url));

const HEAD = `# Options of backup-manager

What \`backup-manager COMMAND --help\` prints. Options may stand before or after the command, as \`--host=gandalf\`,
\`--host gandalf\`, \`-H gandalf\` or \`-Hgandalf\`; flags of one letter may be joined (\`-tq\`). Times are plain numbers
in the option's own unit, or numbers with \`s\`, \`m\`, \`h\`, \`d\` or \`w\`: \`--expire 7d\`, \`--age 4w\`. An option with a
value may be given once.
`;

test("docs/options.md has the help of every command", async () => {
  const sections = COMMANDS.map(
    async ({ name }) => `\n## \`${name}\`\n\n\`\`\`\n${await helpText(name)}\`\`\`\n`,
  );
  const page = [HEAD, ...(await Promise.all(sections))].join("");
  const formatted = await format(page, { parser: "markdown", printWidth: 100 });
  await expect(formatted).toMatchFileSnapshot(PAGE);
});

import { readFile } from "node:fs/promises";

/** The licences of what a bundle holds of others: each text once, under the packages that it is of. */
export async function noticeOf(app, packages) {
  const byText = new Map();
  for (const one of packages) {
    const text = one.text ?? textOf(one.license, packages);
    byText.set(text, [...(byText.get(text) ?? []), one]);
  }
  const sections = [...byText].map(([text, some]) => [...some.map(lineOf), "", text].join("\n"));
  const comments = packages.filter((one) => one.comments.length > 0).map(commentsOf);
  const gpl = await readFile(new URL("licenses/GPL-3.0.txt", import.meta.url), "utf8");
  return [introduction(app, packages), ...sections, ...comments, GPL + gpl.trim(), ""].join(RULE);
}

const RULE = `\n\n${"-".repeat(80)}\n\n`;

/** Some packages have no file with it: that of another under the same licence stands for it. */
function textOf(license, packages) {
  const other = packages.find((one) => one.license === license && one.text !== undefined);
  if (other === undefined) throw new Error(`There is no text of the licence ${license}.`);
  return other.text;
}

function lineOf({ name, version, license, source }) {
  return `${name} ${version} (${license}), ${source}`;
}

function commentsOf({ name, version, comments }) {
  return [`Notices in the files of ${name} ${version}:`, ...comments].join("\n\n");
}

function introduction(app, packages) {
  const openpgp = packages.find(({ name }) => name === "openpgp");
  if (openpgp === undefined) throw new Error("What is said of openpgp is of no use any more.");
  return `${app}.mjs holds the packages below besides its own code, which is under the MIT licence.

openpgp is under the GNU Lesser General Public License, version 3 or later. It is bundled unchanged. Its
source is at ${openpgp.source}, tag v${openpgp.version}. To use another version of it, or a changed one: take the
source of this program, name yours in pnpm-workspace.yaml,

  overrides:
    openpgp: file:/path/to/your/openpgp

and run \`npm install --global pnpm && pnpm install --no-frozen-lockfile && pnpm build\`. You may change the
program for your own use and take it apart to debug such changes.`;
}

const GPL = "The GNU General Public License, version 3, which that of openpgp refers to:\n\n";

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listTree } from "@backuppc-archive-s3/test-rig";
import { expect } from "vitest";
import { type Bench, type How, setUpBench } from "./bench.ts";
import { applet, MATRIX, withoutFolderTime } from "./matrix.ts";
import { makeOddTree } from "./odd-tree.ts";

/** What a script may find that restores members; the matrix is every choice of one of each. */
export const MEMBERS_MATRIX = {
  shell: MATRIX.shell,
  downloader: MATRIX.downloader,
  tar: MATRIX.tar,
  awk: ["mawk", "gawk", "original-awk", "busybox awk"],
} as const;

export type MembersChoice = {
  readonly [Part in keyof typeof MEMBERS_MATRIX]: (typeof MEMBERS_MATRIX)[Part][number];
};

export interface MembersMatrix {
  /**
   * Restores members with odd names, and all members, in either format of a tar, and holds them against what was archived.
   * Lists hard links with what they lead to, also where that is not asked for.
   */
  restores(choice: MembersChoice): Promise<void>;
  tearDown(): Promise<void>;
}

/** As people type them; what they must bring back begins so. */
const ASKED = [
  ["./-dash", '"-dash"'],
  ["d [1]", '"d [1]"'],
  ["/back\\slash\\0011x/a*b?", '"back\\\\slash\\\\0011x"'],
  ['tab\there/it\'s "q" $HOME', '"tab\\there"'],
  ["nl\nin/end\n", '"nl\\nin"'],
  ["trail / x ", '"trail "'],
  // The name is no UTF-8, so it cannot be typed.
  ["caf?", '"café"'],
  ["zlink", '"zlink"'],
  ["esc\\0033[31m", '"esc\\u001b[31m"'],
  ["p", '"p"'],
  ["pipe", '"pipe"'],
] as const;

export async function setUpMembersMatrix(): Promise<MembersMatrix> {
  const bench = await setUpBench();
  const tree = await mkdtemp(join(tmpdir(), "odd-tree-"));
  await makeOddTree(tree);
  return {
    async restores(choice) {
      for (const format of ["gnu", "posix"]) {
        await bench.startAfresh();
        const compression = { name: "gzip", suffix: ".gz" };
        // busybox tar unpacks no sparse file of GNU's.
        const sparse = choice.tar === "busybox tar" ? "" : "--sparse ";
        const tarOptions = `${sparse}--format=${format}`;
        await bench.archive({ compression, tarOptions, chunkSize: 50_000, index: true, tree });
        await restoreSome(bench, tree, choice);
        await restoreAll(bench, tree, choice);
      }
      await listLinks(bench, choice);
    },
    async tearDown() {
      await bench.tearDown();
      await rm(tree, { recursive: true });
    },
  };
}

async function restoreSome(bench: Bench, tree: string, choice: MembersChoice): Promise<void> {
  await restore(
    bench,
    choice,
    "some",
    ASKED.map(([name]) => name),
  );
  const lines = await listTree(tree);
  const wanted = lines.filter((line) => ASKED.some(([, start]) => line.startsWith(start)));
  expect(await listed(bench.path("some"), choice)).toEqual(wanted.map(kept(choice)));
}

async function restoreAll(bench: Bench, tree: string, choice: MembersChoice): Promise<void> {
  await restore(bench, choice, "all", ["/"]);
  expect(await listed(bench.path("all"), choice)).toEqual((await listTree(tree)).map(kept(choice)));
}

async function listLinks(bench: Bench, choice: MembersChoice): Promise<void> {
  const links = await linksListed(bench, choice, "--list");
  expect(links).toHaveLength(2);
  for (const line of links) expect(line).toMatch(/^hrw-r--r-- .* \S+ link to \S+$/);
  // Which of the two names is the link is the folder's.
  const one = await linksListed(bench, choice, "--find=a-link");
  const other = await linksListed(bench, choice, "--find=big*");
  expect([...one, ...other]).toEqual(links.filter((line) => line.includes("a-link")));
}

async function linksListed(bench: Bench, choice: MembersChoice, asked: string): Promise<string[]> {
  const args = ["--passphrase-file", bench.passphraseFile, asked];
  const { stdout, stderr, status } = await bench.run(args, howTo(choice));
  expect(status, `${JSON.stringify(choice)}\n${stderr}`).toBe(0);
  const lines = stdout.toString("latin1").split("\n");
  return lines.filter((line) => line.startsWith("h"));
}

async function restore(
  bench: Bench,
  choice: MembersChoice,
  folder: string,
  members: readonly string[],
): Promise<void> {
  const args = ["--passphrase-file", bench.passphraseFile, folder, ...members];
  const ended = await bench.run(args, howTo(choice));
  expect(ended.status, `${JSON.stringify(choice)}\n${ended.stderr}`).toBe(0);
  await bench.nothingIsLeft();
}

async function listed(folder: string, choice: MembersChoice): Promise<string[]> {
  return (await listTree(folder)).map(kept(choice));
}

function kept({ tar }: MembersChoice): (line: string) => string {
  return tar === "busybox tar" ? withoutFolderTime : (line) => line;
}

function howTo({ shell, downloader, tar, awk }: MembersChoice): How {
  const programs = {
    awk: `#!/bin/sh\nexec ${awk} "$@"\n`,
    ...(downloader === "busybox wget" && { wget: applet("wget") }),
    ...(tar === "busybox tar" && { tar: applet("tar") }),
    ...(tar === "bsdtar" && { tar: '#!/bin/sh\nexec bsdtar "$@"\n' }),
  };
  return { shell, downloader: downloader === "curl" ? "curl" : "wget", programs };
}

import { execFile } from "node:child_process";
import { chmod, chown, link, mkdir, symlink, truncate, utimes, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";

const LONG = "long-".repeat(30);
/** As an ISO 8859-1 system wrote it. */
const LATIN = "caf\xe9";

/** Files by names that a careless reader of tars or of lists trips over; each byte is a character. */
const FILES = [
  "-dash",
  `d [1]/${LONG}/${LONG}/deep/file`,
  "back\\slash\\0011x/a*b?",
  'tab\there/it\'s "q" $HOME',
  "nl\nin/end\n",
  "trail / x ",
  `${LATIN}/${LATIN}`,
  "a\x02\x02",
  "esc\x1b[31m",
  "n".repeat(100),
  `p/${"n".repeat(100)}`,
  `p/${"n".repeat(101)}`,
];

/** A tree of odd names, links, devices, modes, owners and times, of about 400 kB. */
export async function makeOddTree(tree: string): Promise<void> {
  for (const [at, name] of FILES.entries()) {
    const file = at_(tree, name);
    await mkdir(at_(tree, dirname(name)), { recursive: true });
    await writeFile(file, `${at}\n`);
  }
  await writeFile(at_(tree, `big${LONG}`), Buffer.alloc(300_000, "big "));
  await link(at_(tree, `big${LONG}`), at_(tree, "a-link"));
  await link(at_(tree, `${LATIN}/${LATIN}`), at_(tree, "zlink"));
  await symlink("nl\nin", at_(tree, `${LATIN}/sym`));
  await writeFile(at_(tree, "sparse"), "");
  await truncate(at_(tree, "sparse"), 100_000);
  await promisify(execFile)("mkfifo", [`${tree}/pipe`]);
  await chmod(at_(tree, "d [1]"), 0o1777);
  await chown(at_(tree, "trail "), 12, 34);
  await utimes(at_(tree, "nl\nin"), 4_107_542_399, 4_107_542_399);
}

function at_(tree: string, name: string): Buffer {
  return Buffer.concat([Buffer.from(`${tree}/`), Buffer.from(name, "latin1")]);
}

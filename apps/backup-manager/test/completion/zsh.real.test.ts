import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/command-line/commands.ts";
import { zshCompletion } from "../../src/completion/zsh.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "zsh-completion-"));
  await writeFile(join(folder, "_backup-manager"), zshCompletion(COMMANDS));
});
afterAll(async () => await rm(folder, { recursive: true }));

/** A zsh that shows what its completion adds, in a terminal of its own: zsh completes nowhere else. */
const SHELL = String.raw`
zmodload zsh/zpty
zpty z zsh -f -i
line() { zpty -w z "$1"; }
line 'PS1= PS2= RPS1=; stty -echo; unsetopt zle_bracketed_paste 2> /dev/null'
line "fpath=($FOLDER \$fpath); autoload -Uz compinit; compinit -D -u"
line 'compadd() { local -a found; builtin compadd -O found "$@"; print -r -- "<<$found>>"; builtin compadd "$@"; }'
line 'done-with-it() { print -r -- "<<end>>"; exit }; zle -N done-with-it; bindkey "^T" done-with-it; print ready$((1))'
while zpty -r z answer; do [[ $answer == *ready1* ]] && break; done
zpty -n -w z "$LINE"$'\t\x14'
while zpty -r z answer; do
  print -r -- "$answer"
  [[ $answer == *'<<end>>'* ]] && break
done
`;

async function offered(line: string): Promise<string[]> {
  const env = { ...process.env, FOLDER: folder, LINE: `backup-manager ${line}` };
  const { stdout } = await promisify(execFile)("zsh", ["-f", "-c", SHELL], { env });
  const found = [...stdout.matchAll(/<<(.*?)>>/gs)].flatMap(([, words = ""]) => words.split(" "));
  return [...new Set(found)].filter((word) => word !== "" && word !== "end").toSorted();
}

describe("zsh completes", () => {
  test.each([
    ["de", ["delete"]],
    ["-t s", ["script", "show", "start"]],
    ["policy ", ["bucket", "manager", "signer", "uploader"]],
    ["help sh", ["show"]],
    ["verify --da", ["--data"]],
    ["list --keep-", []],
  ])("%s", async (line, words) => {
    expect(await offered(line)).toEqual(words);
  });
});

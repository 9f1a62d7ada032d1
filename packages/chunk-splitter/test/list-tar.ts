import { spawn } from "node:child_process";
import { buffer } from "node:stream/consumers";
import type { Member } from "../src/index.ts";

const KINDS: Readonly<Record<string, string>> = {
  "0": "-",
  "1": "h",
  "2": "l",
  "3": "c",
  "4": "b",
  "5": "d",
  "6": "p",
  "7": "C",
  S: "-",
};

/** What a program writes when it gets these bytes. */
export async function run(
  command: string,
  args: readonly string[],
  { input = Buffer.alloc(0), cwd }: { readonly input?: Uint8Array; readonly cwd?: string } = {},
): Promise<Buffer> {
  const child = spawn(command, args, {
    stdio: ["pipe", "pipe", "ignore"],
    env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
    ...(cwd !== undefined && { cwd }),
  });
  // A reader that has seen the end of the tar closes the pipe.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  return await buffer(child.stdout);
}

/** GNU tar's list, a line a member: mode, owner, size, time, name. Devices have their numbers instead of a size. */
export async function listByTar(tar: Uint8Array): Promise<string[]> {
  const how = ["--numeric-owner", "--full-time", "--quoting-style=escape", "--warning=none"];
  const list = await run("tar", ["--list", "--verbose", ...how, "--file=-"], { input: tar });
  return list
    .toString("latin1")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.replace(/^(\S+) +(\S+) +(\S+) (\S+ [0-9:]+)(\.\d+)? +/, "$1 $2 $3 $4 "));
}

/** The same list from members. */
export function listOf(members: readonly Member[]): string[] {
  return members.map((member) => {
    const { type, uid, gid, size, mtime, path } = member;
    const time = new Date(mtime * 1000).toISOString().slice(0, 19).replace("T", " ");
    const bytes = type === "3" || type === "4" ? "0,0" : size;
    const mode = `${KINDS[type] ?? "?"}${permissions(member.mode)}`;
    return `${mode} ${uid}/${gid} ${bytes} ${time} ${escape(path)}${target(member)}`;
  });
}

function target({ type, link = new Uint8Array(0) }: Member): string {
  if (type === "2") return ` -> ${escape(link)}`;
  return type === "1" ? ` link to ${escape(link)}` : "";
}

/** As `rwxr-x---`, with `s` and `t` in place of an `x` for the special bits. */
function permissions(mode: number): string {
  return [
    [0o400, "r"],
    [0o200, "w"],
    [0o100, "x", 0o4000, "s"],
    [0o040, "r"],
    [0o020, "w"],
    [0o010, "x", 0o2000, "s"],
    [0o004, "r"],
    [0o002, "w"],
    [0o001, "x", 0o1000, "t"],
  ]
    .map(([bit, letter, special, name]) => {
      const set = (mode & Number(bit)) !== 0;
      if ((mode & Number(special ?? 0)) === 0) return set ? String(letter) : "-";
      return set ? String(name) : String(name).toUpperCase();
    })
    .join("");
}

/** Bytes that cannot be printed, as tar writes them. */
function escape(bytes: Uint8Array): string {
  const named: Readonly<Record<number, string>> = {
    7: "\\a",
    8: "\\b",
    9: "\\t",
    10: "\\n",
    11: "\\v",
    12: "\\f",
    13: "\\r",
    92: "\\\\",
  };
  return [...bytes]
    .map((byte) => {
      const name = named[byte];
      if (name !== undefined) return name;
      const prints = byte >= 0x20 && byte < 0x7f;
      return prints ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, "0")}`;
    })
    .join("");
}

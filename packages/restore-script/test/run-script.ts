import { spawn } from "node:child_process";
import { mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";

export interface Ended {
  /** Exit status, or the signal that ended it. */
  readonly status: number | string | null;
  readonly stdout: Buffer;
  readonly stderr: string;
  /** The last line that it printed: what a tired person reads. */
  readonly lastLine: string;
}

export interface RunOptions {
  /** `dash`, or `busybox sh`. */
  readonly shell?: string;
  readonly path?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Sends INT to all its processes, as a terminal would, as soon as this is so. */
  readonly interruptWhen?: () => boolean;
  /** Closes its standard output when something has come, as `| head` does. */
  readonly readsInPart?: boolean;
}

/** Runs a script with no terminal. */
export async function runScript(
  script: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Ended> {
  const { shell = "sh", path = process.env["PATH"] ?? "", stdin = "" } = options;
  const [program = "sh", ...shellArgs] = shell.split(" ");
  const child = spawn(program, [...shellArgs, script, ...args], {
    cwd: options.cwd,
    env: { HOME: "/nonexistent", PATH: path, ...options.env },
    // Its own session: without a terminal even where the tests have one.
    detached: true,
  });
  child.stdin.on("error", () => {}).end(stdin);
  const stdout: Buffer[] = [];
  let stderr = "";
  child.stdout.on("data", (piece: Buffer) => {
    stdout.push(piece);
    if (options.readsInPart === true) child.stdout.destroy();
  });
  child.stderr.setEncoding("utf8").on("data", (piece: string) => (stderr += piece));
  const { interruptWhen } = options;
  const interrupting =
    interruptWhen &&
    setInterval(() => {
      if (child.pid === undefined || !interruptWhen()) return;
      clearInterval(interrupting);
      process.kill(-child.pid, "SIGINT");
    }, 20);
  const status = await new Promise<number | string | null>((resolve, reject) => {
    child.on("error", reject).on("close", (code, signal) => resolve(code ?? signal));
  });
  clearInterval(interrupting);
  return {
    status,
    stdout: Buffer.concat(stdout),
    stderr,
    lastLine: stderr.trimEnd().split("\n").at(-1) ?? "",
  };
}

/** A folder with all programs of the PATH but the hidden ones, and those given with their text. */
export async function programsIn(
  folder: string,
  hidden: readonly string[],
  programs: Readonly<Record<string, string>> = {},
): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(folder, name), text, { mode: 0o755 });
  }
  for (const directory of (process.env["PATH"] ?? "").split(delimiter)) {
    for (const name of await readdir(directory).catch(() => [])) {
      // What is there already came first on the PATH.
      if (!hidden.includes(name))
        await symlink(join(directory, name), join(folder, name)).catch(() => {});
    }
  }
  return folder;
}

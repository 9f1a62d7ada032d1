import { spawn } from "node:child_process";

/** What the key sends. Programs that want the terminal raw, such as pinentry, take no line feed for it. */
const ENTER = "\r";

export interface TypeOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** After which an answer is typed. */
  readonly prompt?: RegExp;
}

/** Runs a command on a terminal of its own (script(1) makes it), and types the next answer whenever it asks for the passphrase. */
export async function typeInto(
  command: readonly string[],
  answers: readonly string[],
  cwd: string,
  temporary: string,
  { env = {}, prompt = /Passphrase for [^:]+: / }: TypeOptions = {},
): Promise<{ readonly stdout: string; readonly status: number | null }> {
  // Without exec, the shell that script(1) starts would be the one to end, and take the terminal with it.
  const quoted = `exec ${command.map((word) => `'${word}'`).join(" ")}`;
  const child = spawn(
    "/usr/bin/script",
    ["--quiet", "--return", "--command", quoted, "/dev/null"],
    {
      cwd,
      env: {
        HOME: "/nonexistent",
        PATH: process.env["PATH"],
        TMPDIR: temporary,
        SHELL: "/bin/sh",
        TERM: "xterm",
        ...env,
      },
      detached: true,
    },
  );
  let stdout = "";
  const left = [...answers];
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    stdout += piece;
    const asked = stdout.split(prompt).length - 1;
    while (left.length > answers.length - asked) child.stdin.write(`${left.shift() ?? ""}${ENTER}`);
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  });
  return { stdout, status };
}

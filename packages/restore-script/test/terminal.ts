import { spawn } from "node:child_process";

/** Runs a command on a terminal of its own (script(1) makes it), and types when it is asked. */
export async function typeInto(
  command: readonly string[],
  typed: string,
  cwd: string,
  temporary: string,
): Promise<{ readonly stdout: string; readonly status: number | null }> {
  const quoted = command.map((word) => `'${word}'`).join(" ");
  const child = spawn(
    "/usr/bin/script",
    ["--quiet", "--return", "--command", quoted, "/dev/null"],
    {
      cwd,
      env: { HOME: "/nonexistent", PATH: process.env["PATH"], TMPDIR: temporary, SHELL: "/bin/sh" },
      detached: true,
    },
  );
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    const asked = stdout.includes(": ");
    stdout += piece;
    if (!asked && stdout.includes(": ")) child.stdin.write(typed);
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  });
  return { stdout, status };
}

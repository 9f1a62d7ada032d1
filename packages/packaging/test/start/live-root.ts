import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { freshRoot, type FreshRoot } from "../deb/fresh-root.ts";

/** A fresh root whose processes stay until it is removed, such as a daemon and a web server. */
export interface LiveRoot extends FreshRoot {
  /** Runs a text of sh(1) with the environment and a standard input. @returns both outputs @throws if its exit status is not 0 */
  readonly type: (script: string, more?: TypeOptions) => Promise<string>;
}

export interface TypeOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** @param suite of Debian */
export async function startLiveRoot(suite: string): Promise<LiveRoot> {
  const root = await freshRoot(suite);
  // The shell reaps what daemons leave behind, as the first process of a system does.
  const within =
    'mount -t proc proc "$1/proc"; mount --rbind /dev "$1/dev"; echo ready; sleep infinity & wait';
  const own = ["--mount", "--pid", "--ipc", "--fork", "--kill-child"];
  const session = spawn("unshare", [...own, "sh", "-euc", within, "sh", root.folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(createInterface(session.stdout), "line");
  const first = await childOf(session.pid);
  const type = async (script: string, more: TypeOptions = {}): Promise<string> =>
    await enter(first, root.folder, script, more);
  return {
    ...root,
    type,
    run: type,
    remove: async () => {
      const ended = once(session, "close");
      // The first process of the namespace takes all others with it.
      session.kill("SIGKILL");
      await ended;
      await root.remove();
    },
  };
}

/** The process that `unshare --fork` has started, seen from here. */
async function childOf(pid: number | undefined): Promise<string> {
  return await new Promise((resolve, reject) => {
    execFile("ps", ["-o", "pid=", "--ppid", String(pid)], (error, stdout) => {
      if (error === null) resolve(stdout.trim());
      else reject(new Error("unshare has started nothing.", { cause: error }));
    });
  });
}

async function enter(
  first: string,
  folder: string,
  script: string,
  { input = "", env = {} }: TypeOptions,
): Promise<string> {
  // By env(1) in the root: what is to be preloaded is only there.
  const within = ["env", ...Object.entries(env).map(([name, value]) => `${name}=${value}`)];
  const how = ["-t", first, "-m", "-p", "-i", "chroot", folder, ...within, "/bin/sh", "-euc"];
  const child = spawn("nsenter", [...how, script], { env: ENVIRONMENT });
  const pieces: Buffer[] = [];
  for (const output of [child.stdout, child.stderr])
    output.on("data", (piece: Buffer) => pieces.push(piece));
  // EPIPE, where a command that reads nothing has ended already.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const [status]: unknown[] = await once(child, "close");
  const said = Buffer.concat(pieces).toString();
  if (status !== 0) throw new Error(`${script}\nended with ${String(status)}:\n${said}`);
  return said;
}

const ENVIRONMENT = {
  PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
  DEBIAN_FRONTEND: "noninteractive",
  LC_ALL: "C.UTF-8",
};

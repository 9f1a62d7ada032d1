import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { ended } from "./run-program.ts";
import { RigError } from "../rig-error.ts";

/** A daemon that runs in the foreground as our child. */
export interface Daemon {
  /** Resolves once it answers on that port of the loopback. @throws {RigError} `not-ready` if it ends before, or takes 60 s */
  answers(port: number): Promise<void>;
  /** Sends it a signal. */
  signal(name: NodeJS.Signals): void;
  /** SIGTERM, and SIGKILL if that is not enough within 10 s. */
  stop(): Promise<void>;
}

/** Starts it; it dies with this process, however that ends. What it prints goes into `output`. */
export function startDaemon(program: string, args: readonly string[], output: string): Daemon {
  const file = openSync(output, "a");
  const dieWithParent = ["--pdeathsig", "KILL", program];
  const child = spawn("/usr/bin/setpriv", [...dieWithParent, ...args], {
    stdio: ["ignore", file, file],
  });
  closeSync(file);
  const end = ended(child).catch((error: unknown) => error);
  return {
    answers: async (port) => {
      if (await untilListens(child, port)) return;
      const said = (await readFile(output, "utf8")).trim().split("\n").slice(-10).join("\n");
      throw new RigError("not-ready", `${program} does not answer.`, { hint: said });
    },
    signal: (name) => void child.kill(name),
    stop: async () => {
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await end;
      clearTimeout(late);
    },
  };
}

async function untilListens(child: ChildProcess, port: number): Promise<boolean> {
  for (const deadline = Date.now() + 120_000; runs(child) && Date.now() < deadline;) {
    if (await listens(port)) return true;
    await sleep(20);
  }
  return false;
}

function runs({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null;
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

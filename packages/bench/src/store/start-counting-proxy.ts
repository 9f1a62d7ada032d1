import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { BenchError } from "../bench-error.ts";
import type { Traffic } from "./traffic.ts";

export interface CountingProxy {
  /** `http://127.0.0.1:PORT`, to be used in place of the store's own. */
  readonly endpoint: string;
  /** All that went through so far. */
  counted(): Promise<Traffic>;
  stop(): void;
}

/** Starts a proxy in front of a store. It ends with this process, however that ends. */
export async function startCountingProxy(store: string): Promise<CountingProxy> {
  const program = fileURLToPath(new URL("./counting-proxy-program.js", import.meta.url));
  const child = spawn(process.execPath, [program, store], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const line = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done === true) throw new BenchError("The counting proxy has ended.");
    return value;
  };
  return {
    endpoint: `http://127.0.0.1:${await line()}`,
    counted: async () => {
      child.stdin.write("\n");
      return JSON.parse(await line());
    },
    stop: () => void child.kill(),
  };
}

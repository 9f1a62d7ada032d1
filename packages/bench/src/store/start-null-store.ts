import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface NullStore {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  readonly pid: number;
  stop(): void;
}

/** Starts a store that takes every object and keeps none. It ends with this process, however that ends. */
export async function startNullStore(): Promise<NullStore> {
  const program = fileURLToPath(new URL("./null-store-program.js", import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: ["pipe", "pipe", "inherit"] });
  const [port] = await once(createInterface(child.stdout), "line");
  return {
    endpoint: `http://127.0.0.1:${String(port)}`,
    pid: child.pid ?? 0,
    stop: () => void child.kill(),
  };
}

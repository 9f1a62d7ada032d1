import { spawn } from "node:child_process";
import { once } from "node:events";
import { endProgram } from "../program/end-program.ts";

/** Reads a tar as a restore would, and keeps nothing. */
export interface TarReader {
  /** Resolves when tar is ready for more. */
  read(bytes: Uint8Array): Promise<void>;
  /** After the last byte: what tar complained of, or undefined if all is well. */
  complaint(): Promise<string | undefined>;
  /** Ends it, wherever it is. May be called again. */
  stop(): void;
}

export function startTarReader(): TarReader {
  const child = spawn("tar", ["-t", "-f", "-"], { stdio: ["pipe", "ignore", "pipe"] });
  let said = "";
  child.stderr.on(
    "data",
    (piece: Buffer) => (said = (said + piece.toString("utf8")).slice(-LONGEST)),
  );
  const ended = new Promise<string | undefined>((resolve) => {
    child.once("error", () => resolve("tar can't be run"));
    child.once("close", (status) => {
      resolve(status === 0 ? undefined : `tar: ${said.trim().split("\n").at(-1) ?? ""}`);
    });
  });
  // tar ends at the archive's end, and reads no padding after it.
  child.stdin.on("error", () => {});
  return {
    async read(bytes) {
      if (child.stdin.writable && !child.stdin.write(bytes))
        await Promise.race([once(child.stdin, "drain"), ended]);
    },
    async complaint() {
      child.stdin.end();
      return await ended;
    },
    stop: () => endProgram(child),
  };
}

/** Characters. */
const LONGEST = 4_000;

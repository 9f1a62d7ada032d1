import { spawn } from "node:child_process";
import { endChild, started } from "@backuppc-archive-s3/process";
import { cannotRun } from "../manager-error.ts";

/** Reads a tar as a restore would, and keeps nothing. */
export interface TarReader {
  /** Resolves when tar is ready for more. */
  read(bytes: Uint8Array): Promise<void>;
  /** After the last byte: what tar complained of, or undefined if all is well. */
  complaint(): Promise<string | undefined>;
  /** Ends it, wherever it is. May be called again. */
  stop(): void;
}

/** @throws {ManagerError} code `cannot-run` */
export async function startTarReader(): Promise<TarReader> {
  const child = await started(() =>
    spawn("tar", ["-t", "-f", "-"], { stdio: ["pipe", "ignore", "pipe"] }),
  ).catch((error: unknown) => {
    throw cannotRun("tar", error);
  });
  let said = "";
  child.stderr.on(
    "data",
    (piece: Buffer) => (said = (said + piece.toString("utf8")).slice(-LONGEST)),
  );
  const ended = new Promise<string | undefined>((resolve) => {
    child.once("close", (status, signal) => {
      const how = signal === null ? `ended with status ${status}` : `was killed by ${signal}`;
      resolve(status === 0 ? undefined : `tar: ${said.trim().split("\n").at(-1) || how}`);
    });
  });
  // tar ends at the archive's end, and reads no padding after it.
  child.stdin.on("error", () => {});
  const drained = async (): Promise<void> =>
    await new Promise((resolve) => child.stdin.once("drain", resolve));
  return {
    async read(bytes) {
      if (child.stdin.writable && !child.stdin.write(bytes)) await Promise.race([drained(), ended]);
    },
    async complaint() {
      child.stdin.end();
      return await ended;
    },
    stop: () => endChild(child),
  };
}

/** Characters. */
const LONGEST = 4_000;

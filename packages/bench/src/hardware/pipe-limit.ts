import { spawn } from "node:child_process";
import type { Limit } from "./limit.ts";

/** What comes out of a program that has its bytes for nothing. */
export const pipeLimit: Limit = {
  name: "reading a pipe",
  pass: async (bytes) => {
    const child = spawn("head", ["-c", String(bytes), "/dev/zero"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    for await (const _ of child.stdout);
  },
};

import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** By gzip(1) and without a time: node:zlib does not write the same bytes on every processor. */
export async function gzipped(content: Uint8Array | string): Promise<Uint8Array> {
  const running = promisify(execFile)("gzip", ["-9n"], { encoding: "buffer", maxBuffer: 2 ** 26 });
  running.child.stdin?.end(content);
  return (await running).stdout;
}

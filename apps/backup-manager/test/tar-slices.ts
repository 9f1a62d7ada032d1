import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A tar of two files in three slices. */
export function tarSlices(): Buffer[] {
  const tar = tarOfTwo();
  const size = Math.ceil(tar.length / 3);
  return [0, 1, 2].map((index) => tar.subarray(index * size, (index + 1) * size));
}

/** The member index of {@link tarSlices}. */
export const TAR_MEMBERS = [
  "0\t1024\t0\t644\t0\t0\t0\t6\t-\ta\n1024\t20992\t0\t644\t0\t0\t0\t20000\t-\tb\n",
];

function tarOfTwo(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "tar-slices-"));
  try {
    execFileSync("sh", ["-c", "echo hello > a; head -c 20000 /dev/urandom > b"], { cwd: folder });
    const facts = ["--mtime=@0", "--owner=0", "--group=0", "--mode=644"];
    return execFileSync("tar", ["-c", ...facts, "-C", folder, "a", "b"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

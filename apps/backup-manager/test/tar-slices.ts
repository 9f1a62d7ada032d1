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

function tarOfTwo(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "tar-slices-"));
  try {
    execFileSync("sh", ["-c", "echo hello > a; head -c 20000 /dev/urandom > b"], { cwd: folder });
    return execFileSync("tar", ["-c", "-C", folder, "a", "b"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

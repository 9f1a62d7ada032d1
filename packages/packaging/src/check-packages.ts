// `pnpm packages:check`: packs every package that is published, and fails if publint or arethetypeswrong finds fault with one.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkTarball } from "./npm/check-tarball.ts";
import { callingPnpm, packPackages } from "./npm/pack-packages.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const output = await mkdtemp(join(tmpdir(), "packed-"));
try {
  const packed = await packPackages({ root, output, pnpm: callingPnpm(process.env) });
  const problems = (await Promise.all(packed.map(checkTarball))).flat();
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.stdout.write(`${packed.length} packages checked, ${problems.length} problems\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  await rm(output, { recursive: true });
}

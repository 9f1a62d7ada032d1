import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { scriptsUntil } from "../../src/nightly/scripts-until.ts";

const NOW = new Date("2026-11-22T06:30:00Z");

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "scripts-until-"));
});

async function life(untils: readonly string[]): ReturnType<typeof scriptsUntil> {
  onTestFinished(async () => await rm(folder, { recursive: true }));
  for (const [at, until] of untils.entries())
    await writeFile(
      join(folder, `restore_${at}.sh`),
      `#!/bin/sh\n#   URLs work     until ${until} UTC\n`,
    );
  await writeFile(join(folder, "other.sh"), "#!/bin/sh\n");
  return await scriptsUntil(folder, NOW);
}

test("What still works does so until the first of it ends", async () => {
  expect(await life(["2026-11-28 06:30:00", "2026-11-27 06:30:00"])).toEqual({
    until: new Date("2026-11-27T06:30:00Z"),
    expired: 0,
  });
});

test("A script of a host that is long gone says nothing of the others", async () => {
  expect(await life(["2025-01-08 06:30:00", "2026-11-28 06:30:00"])).toEqual({
    until: new Date("2026-11-28T06:30:00Z"),
    expired: 1,
  });
});

test("All may have expired, and there may be none", async () => {
  expect(await life(["2026-11-21 06:30:00"])).toEqual({ until: undefined, expired: 1 });
  expect(await scriptsUntil("/nowhere", NOW)).toEqual({ until: undefined, expired: 0 });
});

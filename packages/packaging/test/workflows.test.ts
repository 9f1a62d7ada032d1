import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./deb/repository.ts";

const GITHUB = join(ROOT, ".github");

test.each(await readdir(join(GITHUB, "workflows")))(
  "%s runs no action that its name could change",
  async (name) => {
    const text = await readFile(join(GITHUB, "workflows", name), "utf8");
    const uses = [...text.matchAll(/^\s*- uses: (.*)$/gm)].map(([, action]) => action);
    expect(uses.length).toBeGreaterThan(0);
    for (const action of uses) expect(action).toMatch(/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
  },
);

test.each(await readdir(join(GITHUB, "workflows")))(
  "%s puts secrets into the environment, and none from there into an argument",
  async (name) => {
    const lines = (await readFile(join(GITHUB, "workflows", name), "utf8")).split("\n");
    for (const line of lines.filter((one) => one.includes("secrets."))) {
      expect(line).toMatch(/^ {10}\w+: \$\{\{ secrets\.\w+ \}\}$/);
      const [variable = ""] = line.trim().split(":");
      // printf is a part of the shell: its arguments are in no list of processes.
      for (const use of lines.filter((one) => new RegExp(`\\$\\{?${variable}\\b`).test(one)))
        expect(use).toMatch(/^ +printf '/);
    }
  },
);

test("Whoever reports a fault is asked for what doctor says", async () => {
  const form = await readFile(join(GITHUB, "ISSUE_TEMPLATE/fault.yml"), "utf8");
  const [, doctor = ""] = form.split("id: doctor");
  expect(doctor).toMatch(/backup-manager doctor --json[\s\S]*?validations: \{ required: true \}/);
});

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { ROOT } from "../deb/repository.ts";

const run = promisify(execFile);

test.each(["backup-manager.1", "archive-host.8", "backuppc-archive-s3.toml.5"])(
  "groff renders %s without a warning, in the columns of a terminal",
  async (page) => {
    const args = ["-man", "-Tutf8", "-ww", "-P-cbou", "-rLL=80n", `${ROOT}/docs/man/${page}`];
    const { stdout, stderr } = await run("groff", args);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^NAME\n {5,7}\S+ - /m);
    expect(stdout).not.toMatch(/\\f|\\\(|\\\[/);
  },
);

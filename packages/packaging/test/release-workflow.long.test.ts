import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type HttpServer, startHttpServer } from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROOT } from "./deb/repository.ts";

const run = promisify(execFile);

/** Requests of npm: method, path and how it says who it is. */
const asked: string[] = [];
let folder: string;
let registry: HttpServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "release-"));
  await mkdir(join(folder, "package"));
  await mkdir(join(folder, "release"));
  await mkdir(join(folder, "home"), { mode: 0o700 });
  await writeFile(
    join(folder, "package/package.json"),
    JSON.stringify({ name: "@scope/one", version: "1.0.0" }),
  );
  await run("tar", ["-czf", "release/one.tgz", "package"], { cwd: folder });
  registry = await startHttpServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    request.resume().on("end", () => {
      response.writeHead(request.method === "PUT" ? 201 : 404).end("{}");
    });
  });
});
afterAll(async () => {
  await registry.stop();
  await rm(folder, { recursive: true });
});

test("npm publishes every package, with a token that is in no file and no argument", async () => {
  await step("Publish", {
    GITHUB_REF_NAME: "v1.0.0",
    NPM_TOKEN: "npm_secret",
    npm_config_registry: `${registry.endpoint}/`,
  });
  expect(asked.at(-1)).toBe("PUT /@scope%2fone Bearer npm_secret");
  expect(await readFile(join(folder, "home/.npmrc"), "utf8")).not.toContain("npm_secret");
});

test("The draft of a release has the version's part of CHANGELOG.md", async () => {
  await mkdir(join(folder, "bin"));
  await writeFile(join(folder, "bin/gh"), '#!/bin/sh\necho "$@" > gh.arguments\n', { mode: 0o755 });
  await writeFile(
    join(folder, "CHANGELOG.md"),
    "# Changelog\n\n## 1.1.0 (2027-01-01)\n\n- new\n\n## 1.0.0 (2026-12-01)\n\n- old\n",
  );
  const PATH = `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`;
  await step("Draft", { GITHUB_REF_NAME: "v1.1.0", PATH });
  expect(await readFile(join(folder, "notes.md"), "utf8")).toBe("\n- new\n\n");
  expect(await readFile(join(folder, "gh.arguments"), "utf8")).toMatch(
    /^release create v1\.1\.0 --draft .* release\/one\.tgz\n$/,
  );
});

test("The sums are signed with the key of the environment", async () => {
  const HOME = join(folder, "key");
  await mkdir(HOME, { mode: 0o700 });
  const environment = { PATH: process.env["PATH"], HOME };
  const gpg = async (...args: string[]): Promise<string> =>
    (await run("gpg", ["--batch", ...args], { cwd: folder, env: environment })).stdout;
  await gpg("--passphrase", "", "--quick-generate-key", "releases", "ed25519", "sign", "never");
  await writeFile(join(folder, "release/SHA256SUMS"), "sums\n");
  await step("Sign", { KEY: await gpg("--armor", "--export-secret-keys") });
  const files = ["release/SHA256SUMS.asc", "release/SHA256SUMS"];
  expect(await gpg("--status-fd", "1", "--verify", ...files)).toMatch(/^\[GNUPG:\] GOODSIG /m);
});

/** Runs a step of release.yml as GitHub does, in `folder`. */
async function step(name: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const text = await readFile(join(ROOT, ".github/workflows/release.yml"), "utf8");
  const [, of = ""] = text.split(`- name: ${name}\n`);
  const [, script] = /^ +run: \|\n((?: {10}.*\n)+)/m.exec(of) ?? [];
  if (script === undefined) throw new Error(`release.yml has no step ${name}.`);
  const env = { PATH: process.env["PATH"], HOME: join(folder, "home"), ...environment };
  await run("bash", ["-ec", script], { cwd: folder, env });
}

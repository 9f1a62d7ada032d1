import { access } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureProgram } from "../program/ensure-program.ts";
import { runProgram } from "../program/run-program.ts";
import { RigError } from "../rig-error.ts";
import type { Say } from "../say.ts";
import type { DebianPackage } from "./debian-packages.ts";
import { withLock } from "../with-lock.ts";
import { withoutServices } from "./without-services.ts";

/** Seconds to wait for another apt or dpkg that holds the lock. */
const lockTimeout = 300;

/**
 * Installs those of the packages that are missing, without recommended ones and
 * without starting any service. May be called again; does nothing if all are there.
 *
 * @throws {RigError} `missing` without apt-get, `not-root`, `program-failed` if apt-get fails
 */
export async function installDebianPackages(
  packages: readonly DebianPackage[],
  say: Say,
): Promise<void> {
  await ensureDebian();
  const missing = await missingPackages(packages.map(({ name }) => name));
  if (missing.length === 0) return say(`Debian packages: all ${packages.length} are installed`);
  if (process.getuid?.() !== 0) {
    const hint = `As root: apt-get install --no-install-recommends ${missing.join(" ")}`;
    throw new RigError("not-root", "Debian packages are missing.", { hint });
  }
  say(`Debian packages: installing ${missing.join(", ")}`);
  // Two tests may want some at a time: the first to end would let the services of the other's start.
  await withLock(join(tmpdir(), "backuppc-archive-s3-packages.lock"), async () => {
    await aptGet(["update", "-qq"]);
    await withoutServices(async () => await install(missing));
  });
}

async function ensureDebian(): Promise<void> {
  for (const program of ["/usr/bin/apt-get", "/usr/bin/dpkg-query"]) {
    await access(program).catch((cause: unknown) => {
      const hint = "The real parts are Debian's packages: run the tests on Debian 12 or newer.";
      throw new RigError("missing", `There is no ${program}.`, { hint, cause });
    });
  }
}

async function missingPackages(names: readonly string[]): Promise<string[]> {
  // Its status is 1 as soon as one name is unknown to it, which is no failure.
  const format = "${Package} ${db:Status-Status}\n";
  const { stdout } = await runProgram("dpkg-query", ["-W", "-f", format, "--", ...names]);
  const lines = new Set(stdout.split("\n"));
  return names.filter((name) => !lines.has(`${name} installed`));
}

async function install(names: readonly string[]): Promise<void> {
  // Else backuppc's installation would configure a web server, where there is one.
  const input = "backuppc backuppc/reconfigure-webserver multiselect\n";
  await ensureProgram("debconf-set-selections", [], { input });
  const keepConfiguration = ["-o", "Dpkg::Options::=--force-confold", "-o", "Dpkg::Use-Pty=0"];
  await aptGet(["install", "-y", "-q", "--no-install-recommends", ...keepConfiguration, ...names]);
}

async function aptGet(args: readonly string[]): Promise<void> {
  await ensureProgram("apt-get", [...args, "-o", `DPkg::Lock::Timeout=${lockTimeout}`], {
    env: {
      PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
      ...proxies(),
      DEBIAN_FRONTEND: "noninteractive",
      LC_ALL: "C.UTF-8",
      // The run level of a machine under repair, in which scripts start no service.
      RUNLEVEL: "1",
    },
  });
}

/** The way to the mirror, where the environment names one. */
function proxies(): Record<string, string> {
  const names = ["http_proxy", "https_proxy", "no_proxy"];
  const found = names.map((name) => [name, process.env[name] ?? ""] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== ""));
}

import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startDaemon } from "../program/daemon.ts";
import { RigError } from "../rig-error.ts";

/** A running rsyslog, to which logger(1) and syslog(3) of this machine write. */
export interface Rsyslog {
  /** What it was sent, a line each: `daemon.info archive-host[17]: text`. */
  lines(): Promise<string[]>;
  /** Ends it and removes all that it wrote. May be called again. */
  stop(): Promise<void>;
}

/** Where programs look for it; there is no other place. */
const SOCKET = "/dev/log";

/**
 * Starts rsyslog on the machine's own socket. It dies with this process.
 *
 * @throws {RigError} `refused` if the machine has a syslog of its own, `not-ready` if it does not start
 */
export async function startRsyslog(): Promise<Rsyslog> {
  if (await isThere(SOCKET))
    throw new RigError("refused", `${SOCKET} is another syslog's.`, { hint: "Stop that first." });
  const folder = await mkdtemp(join(tmpdir(), "rsyslog-"));
  const log = join(folder, "log");
  const config = join(folder, "rsyslog.conf");
  await writeFile(config, configuration(log));
  const args = ["-n", "-f", config, "-i", join(folder, "pid")];
  const daemon = startDaemon("/usr/sbin/rsyslogd", args, join(folder, "out"));
  const stop = async (): Promise<void> => {
    await daemon.stop();
    await rm(SOCKET, { force: true });
    await rm(folder, { recursive: true, force: true });
  };
  for (const deadline = Date.now() + 120_000; !(await isThere(SOCKET)); await sleep(20)) {
    if (Date.now() < deadline) continue;
    const hint = await readFile(join(folder, "out"), "utf8").catch(() => "");
    await stop();
    throw new RigError("not-ready", "rsyslogd makes no socket.", { hint });
  }
  const lines = async (): Promise<string[]> =>
    (await readFile(log, "utf8").catch(() => "")).split("\n").filter((line) => line !== "");
  return { lines, stop };
}

function configuration(log: string): string {
  const text = "%syslogfacility-text%.%syslogseverity-text% %syslogtag%%msg%\\n";
  return `module(load="imuxsock" SysSock.Name="${SOCKET}")
template(name="plain" type="string" string="${text}")
*.* action(type="omfile" file="${log}" template="plain")
`;
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

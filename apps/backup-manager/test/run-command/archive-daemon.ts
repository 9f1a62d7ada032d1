import { appendFile, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";
import type { FakeBackupPc } from "../start/fake-backuppc.ts";

/** What an archive ends with: undefined if well, otherwise BackupPC's error. */
type Archive = (host: string, number: number) => Promise<string | undefined>;

/** Serves the requests that a {@link FakeBackupPc} accepted one after the other, as BackupPC's server does, for one test. */
export function archiveDaemon({ topFolder }: FakeBackupPc, archive: Archive): void {
  const folder = join(topFolder, "pc", "archives3");
  const over = new AbortController();
  const served = (async () => {
    for (let number = 0; !over.signal.aborted; await sleep(2)) {
      const [accepted] = (await readdir(topFolder)).filter((name) => name.startsWith("accepted."));
      if (accepted === undefined) continue;
      await rm(join(topFolder, accepted));
      const file = accepted.slice("accepted.".length);
      const request = await readFile(join(folder, file), "utf8");
      const [, host = ""] = /'HostList' => \[\s*'([^']+)'/.exec(request) ?? [];
      const [, backup] = /'BackupList' => \[\s*'?(\d+)/.exec(request) ?? [];
      const error = await archive(host, Number(backup));
      await rename(join(folder, file), join(folder, `ArchiveInfo.${number}`));
      const result = error === undefined ? "ok\t" : `failed\t${error}`;
      await appendFile(join(folder, "archives"), `${number}\t1\t2\t${result}\n`);
      number += 1;
    }
  })();
  onTestFinished(async () => {
    over.abort();
    await served;
  });
}

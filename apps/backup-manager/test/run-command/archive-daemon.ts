import { appendFile, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";
import type { FakeBackupPc } from "../start/fake-backuppc.ts";

/** What an archive ends with: undefined if well, otherwise BackupPC's error. */
type Archive = (host: string, number: number) => Promise<string | undefined>;

/** Takes the requests of a {@link FakeBackupPc} one after the other, as BackupPC's server does, for one test. */
export function archiveDaemon({ topFolder }: FakeBackupPc, archive: Archive): void {
  const folder = join(topFolder, "pc", "archives3");
  const over = new AbortController();
  const served = (async () => {
    for (let number = 0; !over.signal.aborted; await sleep(2)) {
      const [file] = (await readdir(folder)).filter((name) => name.startsWith("archiveReq."));
      if (file === undefined) continue;
      // It may be half written.
      const request = await readFile(join(folder, file), "utf8");
      const [, host = ""] = /'HostList' => \[\s*'([^']+)'/.exec(request) ?? [];
      const [, backup] = /'BackupList' => \[\s*'?(\d+)/.exec(request) ?? [];
      if (!request.trimEnd().endsWith(");")) continue;
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

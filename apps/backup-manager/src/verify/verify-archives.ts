import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import type { VerifyInvocation } from "./command.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { printable } from "../text/printable.ts";
import { progressBar } from "../text/progress-bar.ts";
import { createDecryptor, type Decryptor } from "../decrypt/decrypt.ts";
import { type LostChunks, strikeLost } from "./strike-lost.ts";
import type { Verified } from "./verified.ts";
import { type VerifiedHost, verifyHost } from "./verify-host.ts";

/** Checks the archives of each host. @param hosts each one's archives, oldest first */
export async function verifyArchives(
  hosts: ReadonlyMap<string, readonly ArchiveSummary[]>,
  { data: percent, test }: Pick<VerifyInvocation, "data" | "test">,
  site: Site,
  output: Output,
): Promise<{ readonly verified: readonly Verified[]; readonly lost: readonly LostChunks[] }> {
  const verified: Verified[] = [];
  const lost: LostChunks[] = [];
  const decryptor = percent === undefined ? undefined : await createDecryptor();
  try {
    for (const [host, archives] of hosts) {
      const found = await verifyOne(archives.toReversed(), { decryptor, percent }, site, output);
      verified.push(...found.verified.toReversed());
      if (found.lost.length === 0) continue;
      lost.push(
        test
          ? { host, chunks: found.lost, struck: undefined }
          : await strikeLost(host, found.lost, site, output),
      );
    }
  } finally {
    await decryptor?.close();
  }
  output.progress("");
  return { verified, lost };
}

async function verifyOne(
  archives: readonly ArchiveSummary[],
  { decryptor, percent = 100 }: { decryptor: Decryptor | undefined; percent: number | undefined },
  site: Site,
  output: Output,
): Promise<VerifiedHost> {
  const title = printable(archives[0]?.id.host ?? "");
  let checked = 0;
  output.progress(title);
  const onProgress = (done: number, total: number): void =>
    output.progress(`${progressBar(done, total)} ${title}`);
  const check = decryptor && { decryptor, percent, onProgress };
  return await verifyHost(archives, check, site, () => onProgress(++checked, archives.length));
}

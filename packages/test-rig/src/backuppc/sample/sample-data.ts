import { randomBytes } from "node:crypto";
import { appendFile, chmod, chown, rename, rm, symlink } from "node:fs/promises";
import type { BackupPcDetails, SampleHost } from "../backuppc-details.ts";
import { writeOddestTree, writeOddTree } from "./odd-tree.ts";
import { entry, putFile, putFolder } from "./tree-writer.ts";

/** To be raised with every change of the sample data: old data and backups are then made anew. */
export const sampleVersion = 1;

/** Writes the folders of a host as they are when its full backup is taken. */
export async function writeSampleData({ method, shares }: SampleHost): Promise<void> {
  for (const share of shares) await putFolder(share);
  const [first = "", second = first] = shares;
  await writeOrdinaryTree(`${first}/ordinary`);
  await writeOddTree(`${second}/odd`);
  if (method === "rsync") await writeOddestTree(`${second}/oddest`);
  // Enough for several chunks: one part that cannot be compressed, one that can.
  await putFile(entry(second, "bulk.bin"), randomBytes(6 << 20));
  await putFile(entry(second, "text.log"), logLines());
}

/** What happens to a host between its full and its incremental backup. */
export async function changeSampleData(host: SampleHost, details: BackupPcDetails): Promise<void> {
  const share = host.shares.at(-1) ?? "";
  await putFile(entry(share, "new since full"), "new\n");
  await appendFile(`${share}/text.log`, "one more line\n");
  // Only its owner may read it, so that must be the user who takes the backup.
  await chown(`${share}/odd/epoch`, details.uid, details.gid);
  await chmod(`${share}/odd/epoch`, 0o600);
  // Incrementals by tar do not see what has gone.
  if (host.method === "tar") return;
  await rm(`${share}/odd/size-511`);
  await rename(`${share}/odd/owned`, `${share}/odd/owned and renamed`);
}

async function writeOrdinaryTree(folder: string): Promise<void> {
  for (let group = 1; group <= 20; group++) {
    await putFolder(folder);
    await putFolder(`${folder}/${group}.d`);
    for (let member = 1; member <= 10; member++) {
      const text = `# ${group}\nnumber = ${member}\n`.repeat(member * group);
      await putFile(entry(`${folder}/${group}.d`, `${member}.conf`), text);
    }
    await symlink("1.conf", `${folder}/${group}.d/default.conf`);
  }
}

function logLines(): string {
  const line = (index: number): string =>
    `2026-03-01T00:00:${String(index % 60).padStart(2, "0")} request ${index} took ${(index * 7919) % 5000} ms\n`;
  return Array.from({ length: 40_000 }, (_, index) => line(index)).join("");
}

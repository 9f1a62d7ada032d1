import { asUser } from "../as-user.ts";
import type { BackupPcDetails } from "../backuppc-details.ts";
import { readBackups } from "../read-backups.ts";
import { archiveDestination } from "./archive-configuration.ts";
import type { ArchiveCompression, ArchiveOptions } from "./archive-options.ts";

/** What BackupPC answers to the request to archive those hosts; `ok: requested archive …` if it agrees. */
export async function requestArchive(
  details: BackupPcDetails,
  options: ArchiveOptions,
): Promise<string> {
  if (typeof options.by === "function") return await options.by();
  return options.by === "web"
    ? await requestByWeb(details, options)
    : await requestByCommandLine(details, options);
}

async function requestByCommandLine(
  details: BackupPcDetails,
  { hosts }: ArchiveOptions,
): Promise<string> {
  const { programFolder, archiveHost, user } = details;
  const args = [archiveHost, user, ...hosts];
  const answer = await asUser(details, `${programFolder}/BackupPC_archiveStart`, args);
  return `${answer.stdout}${answer.stderr}`.trim();
}

async function requestByWeb(details: BackupPcDetails, options: ArchiveOptions): Promise<string> {
  const answer = await asUser(details, details.cgi, [], {
    REQUEST_METHOD: "GET",
    QUERY_STRING: (await formFields(details, options)).toString(),
    REMOTE_USER: details.user,
    SCRIPT_NAME: "/backuppc/index.cgi",
  });
  const page = `${answer.stdout}${answer.stderr}`;
  return /(ok: requested archive|Archive currently running|Error)[^<]*/i.exec(page)?.[0] ?? page;
}

/** What the last page of "Start Archive" sends. */
async function formFields(
  details: BackupPcDetails,
  options: ArchiveOptions,
): Promise<URLSearchParams> {
  const { archiveHost } = details;
  const { hosts, compression = "none", parity = 0, splitSize = 0 } = options;
  const fields = new URLSearchParams({ action: "Archive", type: "2", archive_type: "0" });
  fields.set("host", archiveHost);
  fields.set("archivehost", archiveHost);
  for (const [index, host] of hosts.entries()) {
    const last = (await readBackups(details, host)).at(-1);
    fields.set(`fcb${index}`, host);
    fields.set(`backup${index}`, String(last?.number ?? 0));
  }
  fields.set("fcbMax", String(hosts.length));
  fields.set("compression", compressionFields[compression]);
  fields.set("par", String(parity));
  fields.set("splitsize", String(splitSize));
  fields.set("archive_device", archiveDestination(details, options));
  return fields;
}

const compressionFields: Readonly<Record<ArchiveCompression, string>> = {
  none: "0",
  gzip: "1",
  bzip2: "2",
};

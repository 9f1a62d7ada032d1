import type { BackupPcDetails } from "../backuppc-details.ts";
import { perlString } from "../set-up/perl-string.ts";
import type { ArchiveOptions } from "./archive-options.ts";

/** The archive host's configuration for one request, written as an administrator would. */
export function archiveConfiguration(details: BackupPcDetails, options: ArchiveOptions): string {
  const { command = `${details.programFolder}/BackupPC_archiveHost`, compression = "none" } =
    options;
  return `$Conf{XferMethod} = 'archive';
$Conf{ArchiveDest} = ${perlString(archiveDestination(details, options))};
$Conf{ArchiveComp} = ${perlString(compression)};
$Conf{ArchiveSplit} = ${options.splitSize ?? 0};
$Conf{ArchivePar} = ${options.parity ?? 0};
$Conf{ClientTimeout} = ${options.clientTimeout ?? 72_000};
$Conf{ArchiveClientCmd} = ${perlString(`${command} ${archiveArguments}`)};
`;
}

export function archiveDestination(
  { topFolder, archiveHost }: BackupPcDetails,
  { destination }: ArchiveOptions,
): string {
  return destination ?? `${topFolder}/${archiveHost}`;
}

/** As in BackupPC's own `$Conf{ArchiveClientCmd}`. */
const archiveArguments =
  "$tarCreatePath $splitpath $parpath $host $backupnumber $compression $compext $splitsize $archiveloc $parfile *";

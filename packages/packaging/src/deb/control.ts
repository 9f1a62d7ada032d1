import type { PackageKind } from "./package-kind.ts";

export interface ControlOptions {
  readonly kind: PackageKind;
  readonly version: string;
  readonly maintainer: string;
  readonly homepage: string;
  /** KiB. */
  readonly installedSize: number;
}

/** The file `control` of a package. */
export function controlOf(options: ControlOptions): string {
  const { kind, version, maintainer, homepage, installedSize } = options;
  const lines = [
    `Package: ${kind.name}`,
    `Version: ${version}`,
    `Architecture: ${kind.architecture}`,
    `Maintainer: ${maintainer}`,
    `Installed-Size: ${installedSize}`,
    ...kind.relations,
    "Recommends: backuppc, isal",
    "Suggests: bzip2, xz-utils, zstd",
    "Section: admin",
    "Priority: optional",
    `Homepage: ${homepage}`,
    "Description: encrypted off-site archives of BackupPC hosts in S3",
    ...paragraph(ABOUT),
    " .",
    ...paragraph(kind.node),
  ];
  return `${lines.join("\n")}\n`;
}

const ABOUT =
  "archive-host runs as BackupPC's archive command. It cuts a host's backup into chunks, compresses and encrypts them with " +
  "OpenPGP, and stores in S3 those that are not stored yet. backup-manager lists, checks and deletes archives, and writes restore " +
  "scripts that need nothing but sh, curl or wget, gpg and tar.";

/** Lines of a description: each begins with a blank, and none is too long for a terminal. */
function paragraph(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line === undefined || line.length + word.length + 1 > 79) lines.push(` ${word}`);
    else lines.splice(-1, 1, `${line} ${word}`);
  }
  return lines;
}

/** `1.0.0-rc.1` as Debian sorts it: before 1.0.0. */
export function debianVersion(version: string): string {
  return version.replace("-", "~");
}

/** The file `changelog`; what has changed is in CHANGELOG.md beside it. @param date seconds since 1970 */
export function debianChangelog(
  kind: PackageKind,
  { version, maintainer, date }: { version: string; maintainer: string; date: number },
): string {
  const time = new Date(date * 1000).toUTCString().replace("GMT", "+0000");
  return `${kind.name} (${version}) unstable; urgency=medium

  * Version ${version}: see CHANGELOG.md.gz.

 -- ${maintainer}  ${time}
`;
}

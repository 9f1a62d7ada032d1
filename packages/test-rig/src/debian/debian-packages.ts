/** A Debian package that the tests need, and what for. */
export interface DebianPackage {
  readonly name: string;
  readonly reason: string;
}

/** Ceph's object gateway on a cluster of one monitor and one disk daemon. */
export const cephRgwPackages: readonly DebianPackage[] = [
  { name: "radosgw", reason: "the S3 store that is tested against, and radosgw-admin" },
  { name: "ceph-mon", reason: "RGW keeps its objects in a Ceph cluster, which needs a monitor" },
  { name: "ceph-osd", reason: "holds the objects, in memory or in a file" },
];

/** OpenStack Swift with its S3 interface: a store of another family than Ceph. */
export const swiftPackages: readonly DebianPackage[] = [
  { name: "swift-proxy", reason: "speaks S3, in front of the three others" },
  { name: "swift-account", reason: "keeps the list of buckets" },
  { name: "swift-container", reason: "keeps the list of objects" },
  { name: "swift-object", reason: "keeps the objects" },
  { name: "memcached", reason: "where the proxy keeps what it has asked for" },
];

/** A syslog for what logger(1) sends. */
export const syslogPackages: readonly DebianPackage[] = [
  { name: "rsyslog", reason: "the syslog of most Debian servers" },
];

/** What clicks through web pages, and takes pictures of them. */
export const browserPackages: readonly DebianPackage[] = [
  { name: "chromium", reason: "a browser without a screen" },
];

/** What speaks TLS in front of a store. */
export const tlsStorePackages: readonly DebianPackage[] = [
  { name: "nginx", reason: "TLS in front of the S3 store, as many installations have it" },
];

/** BackupPC, with the smallest packages that satisfy its dependencies. */
export const backupPcPackages: readonly DebianPackage[] = [
  { name: "backuppc", reason: "the program that runs archive-host" },
  { name: "micro-httpd", reason: "backuppc wants a web server; this one is tiny and stays off" },
  { name: "dma", reason: "backuppc wants a mail server; this one has no daemon" },
  { name: "rsync", reason: "reads the host witte" },
  { name: "gzip", reason: "$Conf{ArchiveComp} gzip, checked when BackupPC starts" },
  { name: "bzip2", reason: "$Conf{ArchiveComp} bzip2, checked when BackupPC starts" },
  { name: "attr", reason: "setfattr, for a file with an extended attribute" },
];

/** What restore scripts run with, and what checks them. */
export const restorePackages: readonly DebianPackage[] = [
  { name: "gpg", reason: "opens encrypted chunks" },
  { name: "gpg-agent", reason: "keeps the secret keys that tests make" },
  { name: "openssl", reason: "another program for SHA-256, and certificates for stores under TLS" },
  { name: "curl", reason: "one of the two downloaders" },
  { name: "wget", reason: "the other downloader" },
  { name: "ca-certificates", reason: "both downloaders check certificates with it" },
  { name: "dash", reason: "a shell that restore scripts run under" },
  { name: "bash", reason: "a shell that restore scripts run under" },
  { name: "busybox", reason: "its ash, wget and tar, as on rescue systems" },
  { name: "ksh", reason: "a shell that restore scripts run under" },
  { name: "zsh", reason: "a shell that restore scripts run under, as sh" },
  { name: "mksh", reason: "its lksh can run restore scripts, which mksh has to refuse" },
  { name: "posh", reason: "a shell that cannot run restore scripts, which they have to say" },
  { name: "yash", reason: "another such shell" },
  { name: "mawk", reason: "Debian's usual awk" },
  { name: "gawk", reason: "another awk, of many distributions" },
  { name: "original-awk", reason: "another awk, as on FreeBSD and macOS" },
  { name: "libarchive-tools", reason: "bsdtar, as on FreeBSD and macOS" },
  { name: "shellcheck", reason: "restore scripts are to be free of its complaints" },
  { name: "procps", reason: "ps, with which tests look for processes left behind" },
  { name: "pigz", reason: "a compressor that $Conf{GzipPath} may name" },
  { name: "xz-utils", reason: "a compressor of another suffix" },
  { name: "zstd", reason: "a compressor of another suffix" },
];

/** What renders manual pages and builds packages, as tests of them do. */
export const packagingPackages: readonly DebianPackage[] = [
  { name: "groff-base", reason: "renders manual pages, and names what is wrong in them" },
  { name: "binutils", reason: "strips the Node that a package carries" },
];

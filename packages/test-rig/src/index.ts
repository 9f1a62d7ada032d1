export { startCephRgw, type CephRgw, type CephRgwOptions } from "./ceph-rgw/start-ceph-rgw.ts";
export { adminCommand, type CephRgwDetails } from "./ceph-rgw/admin-command.ts";
export { createUploader } from "./ceph-rgw/create-uploader.ts";
export { createPolicyUser, type PolicyUserOptions } from "./ceph-rgw/create-policy-user.ts";
export { createStoreUser } from "./ceph-rgw/create-store-user.ts";
export { putBucketPolicy } from "./ceph-rgw/put-bucket-policy.ts";
export { type Authority, type Certificate, makeAuthority } from "./tls-store/make-authority.ts";
export { knowingHosts } from "./tls-store/knowing-hosts.ts";
export { startTlsStore, type TlsStore, type TlsFront } from "./tls-store/start-tls-store.ts";
export { bucketLocation } from "./bucket-location.ts";
export { createBucket } from "./ceph-rgw/create-bucket.ts";
export { startRsyslog, type Rsyslog } from "./syslog/start-rsyslog.ts";
export { startSwift, type Swift } from "./swift/start-swift.ts";
export { startBackupPc, type BackupPc, type BackupPcOptions } from "./backuppc/start-backuppc.ts";
export { driveBackupPc, type BackupPcDriver } from "./backuppc/drive-backuppc.ts";
export type { BackupPcDetails, SampleHost } from "./backuppc/backuppc-details.ts";
export type { ArchiveOptions, ArchiveResult } from "./backuppc/archive/archive-options.ts";
export { installBackupPc } from "./backuppc/set-up/install-backuppc.ts";
export { installDebianPackages } from "./debian/install-debian-packages.ts";
export {
  browserPackages,
  cephRgwPackages,
  restorePackages,
  swiftPackages,
  syslogPackages,
  type DebianPackage,
} from "./debian/debian-packages.ts";
export { debianRoot, type DebianRootOptions } from "./rescue/debian-root.ts";
export { busyboxRoot, type BusyboxRoot } from "./rescue/busybox-root.ts";
export { RigError, type RigErrorCode } from "./rig-error.ts";
export {
  startEmbeddedStore,
  type EmbeddedStore,
  type EmbeddedStoreOptions,
} from "./embedded-store/embedded-store.ts";
export type { Fault } from "./embedded-store/fault.ts";
export type { Operation, StoreRequest } from "./embedded-store/store-request.ts";
export { type FaultRule, storeScript, type StoreScript } from "./embedded-store/store-script.ts";
export { startLargeStore, type LargeStore } from "./large-store.ts";
export { S3Failure } from "./embedded-store/s3-failure.ts";
export { legacyObjects, type LegacyObject, type LegacyRun } from "./legacy-objects.ts";
export {
  startUplink,
  type Passage,
  type Uplink,
  type UplinkOptions,
} from "./uplink/start-uplink.ts";
export { listenOnLoopback, type Listening } from "./http-server/listen-on-loopback.ts";
export { type Answer, type HttpServer, startHttpServer } from "./http-server/start-http-server.ts";
export { startProxy, type ForwardProxy, type ProxyOptions } from "./proxy/start-proxy.ts";
export { isAlive } from "./program/is-alive.ts";
export { freePorts } from "./program/free-ports.ts";
export { listTree } from "./list-tree.ts";
export { writeTarCreate, type TarCreateFaults } from "./write-tar-create.ts";
export { runReadmeExample } from "./run-readme-example.ts";

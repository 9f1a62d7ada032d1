/** Code whose faults would lose or forge a backup, and the tests that must notice any change of it. */
export interface MutatedModule {
  /** What it is called on the page. */
  readonly what: string;
  /** Sources, relative to the repository. */
  readonly sources: readonly string[];
  /** Files of tests. */
  readonly tests: readonly string[];
}

/** By the name that the command takes. */
export const MODULES: Readonly<Record<string, MutatedModule>> = {
  retention: {
    what: "retention (what `delete` may delete)",
    sources: ["packages/backup-catalog/src/retention/*.ts"],
    tests: ["packages/backup-catalog/test/retention/*.test.ts"],
  },
  gc: {
    what: "gc's planner",
    sources: [
      "packages/backup-catalog/src/gc/{plan-gc,released-by,doomed-chunks,chunk-table}.ts",
      "packages/backup-catalog/src/protocol.ts",
    ],
    tests: [
      "packages/backup-catalog/test/gc/plan-gc.test.ts",
      "packages/backup-catalog/test/protocol.test.ts",
    ],
  },
  head: {
    what: "head verification and trust",
    sources: [
      "packages/backup-catalog/src/read/{read-head,open-archive,parse-record,refuse-crowded}.ts",
    ],
    tests: ["packages/backup-catalog/test/read/*.test.ts"],
  },
  signers: {
    what: "signatures (`readSigners`)",
    sources: ["packages/gpg/src/signing/{read-signers,is-signature}.ts"],
    tests: ["packages/gpg/test/signing/*.test.ts"],
  },
  completeness: {
    what: "completeness rule and BackupPC's record",
    sources: ["apps/archive-host/src/backuppc/{completeness,parse-backups,stderr-lines}.ts"],
    tests: ["apps/archive-host/test/backuppc/{completeness,parse-backups,stderr-lines}.test.ts"],
  },
  cuts: {
    what: "cuts",
    sources: ["packages/chunk-splitter/src/cuts/{bounds,choose-mean,cutter,keys,member-hash}.ts"],
    tests: [
      "packages/chunk-splitter/test/cuts/*.test.ts",
      "packages/chunk-splitter/test/cut-tar.test.ts",
    ],
  },
  // Apart: each byte passes through it, and what Stryker puts into it would slow all tests of cuts.
  gear: {
    what: "rolling hash of cuts",
    sources: ["packages/chunk-splitter/src/cuts/{gear,view-of}.ts"],
    tests: ["packages/chunk-splitter/test/cuts/{gear,view-of}.test.ts"],
  },
  tar: {
    what: "tar reader",
    sources: ["packages/chunk-splitter/src/tar/*.ts"],
    tests: ["packages/chunk-splitter/test/tar/*.test.ts"],
  },
  index: {
    what: "chunk index",
    sources: ["packages/archiver/src/index/{chunk-table,epoch,index-text}.ts"],
    tests: ["packages/archiver/test/index/*.test.ts"],
  },
  reuse: {
    what: "reuse rules",
    sources: ["packages/archiver/src/reuse/*.ts"],
    tests: ["packages/archiver/test/reuse/*.test.ts"],
  },
};

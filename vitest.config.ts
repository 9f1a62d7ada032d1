import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { defineConfig, type ViteUserConfig } from "vitest/config";

const shared = {
  // Sources of the workspace without a build; the restore script's shell source as text, as in the bundles.
  ssr: { resolve: { conditions: ["@backuppc-archive-s3/source"] } },
  plugins: [
    {
      name: "shell-as-text",
      enforce: "pre" as const,
      async load(id: string): Promise<string | undefined> {
        if (!id.endsWith(".sh")) return undefined;
        return `export default ${JSON.stringify(await readFile(id, "utf8"))}`;
      },
    },
  ],
};

/** The SDK warns of its future needs on a Node that runs it well today. */
const QUIET_SDK = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };

const SET_UP = {
  programs: [
    "packages/test-rig/src/set-up/built-programs.ts",
    "packages/test-rig/src/set-up/stock-programs.ts",
  ],
  store: "packages/test-rig/src/set-up/real-store.ts",
  backuppc: "packages/test-rig/src/set-up/real-backuppc.ts",
};

/** Most tests wait for programs that they have started. With fewer, one CPU of two would idle. */
const AT_A_TIME = { maxWorkers: availableParallelism(), sequence: { groupOrder: 0 } };

/** No test is that slow, even on a machine that is busy with other work. */
const FOR_WHAT_HANGS = { testTimeout: 300_000, hookTimeout: 300_000 };

const configuration: ViteUserConfig = defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: "quick",
          include: ["{packages,apps}/*/test/**/*.test.ts"],
          // `*.slow.test.ts` take 5 s or more each. `pnpm test:quick` leaves them out, `npm test` does not.
          exclude: [
            "**/*.{real,backuppc,long}.test.ts",
            ...(process.env["LEAVE_OUT_SLOW"] === undefined ? [] : ["**/*.slow.test.ts"]),
          ],
          globalSetup: SET_UP.programs,
          env: { ...QUIET_SDK, TZ: "UTC" },
          // One worker runs many files: what they load is loaded once, which takes 40 % off the time. No file leaves anything behind.
          isolate: false,
          unstubEnvs: true,
          restoreMocks: true,
          ...AT_A_TIME,
          ...FOR_WHAT_HANGS,
        },
      },
      {
        ...shared,
        test: {
          // With a real Ceph RGW.
          name: "real",
          include: ["{packages,apps}/*/test/**/*.real.test.ts"],
          globalSetup: [...SET_UP.programs, SET_UP.store],
          env: QUIET_SDK,
          ...AT_A_TIME,
          ...FOR_WHAT_HANGS,
        },
      },
      {
        ...shared,
        test: {
          // With this machine's BackupPC as well: one file after the other.
          name: "backuppc",
          include: ["{packages,apps}/*/test/**/*.backuppc.test.ts"],
          globalSetup: [...SET_UP.programs, SET_UP.store, SET_UP.backuppc],
          env: QUIET_SDK,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          ...FOR_WHAT_HANGS,
        },
      },
      {
        ...shared,
        test: {
          // Minutes and more, with the same real parts: run by `npm run test:long`.
          name: "long",
          include: ["{packages,apps}/*/test/**/*.long.test.ts"],
          exclude: ["packages/packaging/**"],
          globalSetup: [...SET_UP.programs, SET_UP.store, SET_UP.backuppc],
          env: QUIET_SDK,
          fileParallelism: false,
          testTimeout: 3_600_000,
          hookTimeout: 3_600_000,
        },
      },
      {
        ...shared,
        test: {
          // What a release consists of, installed: minutes, with the registry and Debian's mirror. Also by `npm run test:long`.
          name: "installed",
          include: ["packages/packaging/test/**/*.long.test.ts"],
          globalSetup: SET_UP.programs,
          env: QUIET_SDK,
          fileParallelism: false,
          testTimeout: 1_200_000,
          hookTimeout: 1_200_000,
        },
      },
      {
        ...shared,
        test: {
          // The fuzz tests of `quick`, with 100,000 inputs each, or as many as are asked for.
          name: "fuzz",
          include: ["{packages,apps}/*/test/**/*.fuzz.test.ts"],
          env: { ...QUIET_SDK, FUZZ_RUNS: process.env["FUZZ_RUNS"] ?? "100000" },
          maxWorkers: 1,
          testTimeout: 3_600_000,
          hookTimeout: 3_600_000,
        },
      },
    ],
  },
});

export default configuration;

// For Stryker, which runs the tests of one module over and over: see packages/test-rig/src/reliability.
import { defineConfig, type ViteUserConfig } from "vitest/config";

const configuration: ViteUserConfig = defineConfig({
  ssr: { resolve: { conditions: ["@backuppc-archive-s3/source"] } },
  test: {
    include: (process.env["MUTATION_TESTS"] ?? "").split(" "),
    exclude: ["**/*.{real,long,large,fuzz}.test.ts", "**/node_modules/**"],
    testTimeout: 60_000,
  },
});

export default configuration;

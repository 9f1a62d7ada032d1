import { expect, test } from "vitest";
import { bareEnvironment } from "../src/bare-environment.ts";

test("A program that we start gets what it needs to find things and to speak, and nothing else", () => {
  const bare = bareEnvironment({
    PATH: "/bin:/usr/bin",
    HOME: "/var/lib/backuppc",
    LANG: "C.UTF-8",
    AWS_SECRET_ACCESS_KEY: "s3cr3t",
    AWS_SESSION_TOKEN: "s3cr3t",
    BACKUPPC_ARCHIVE_S3_CONFIG: "/etc/backuppc-archive-s3/config.toml",
    PASSPHRASE: "s3cr3t",
    NODE_OPTIONS: "--inspect",
  });
  expect(bare).toEqual({ PATH: "/bin:/usr/bin", HOME: "/var/lib/backuppc", LANG: "C.UTF-8" });
});

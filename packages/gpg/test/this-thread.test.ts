// Registered as the README shows it.
import { runReadmeExample } from "@backuppc-archive-s3/test-rig";
import { encryptorContract } from "../src/contract/index.ts";
import { createEncryptor } from "../src/index.ts";

await runReadmeExample(
  new URL("../README.md", import.meta.url),
  { encryptorContract, createMyEncryptor: createEncryptor },
  "encryptorContract",
);

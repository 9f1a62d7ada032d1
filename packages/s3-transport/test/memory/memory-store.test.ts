// Registered as the README shows it.
import { runReadmeExample } from "@backuppc-archive-s3/test-rig";
import { objectStoreContract } from "../../src/contract/index.ts";
import { createMemoryStore } from "../../src/memory/memory-store.ts";

await runReadmeExample(
  new URL("../../README.md", import.meta.url),
  { objectStoreContract, createMyStore: createMemoryStore },
  "objectStoreContract",
);

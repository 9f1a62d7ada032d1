import { objectStoreContract, versionedStoreContract } from "../../src/contract/index.ts";
import { createMemoryVersions } from "../../src/memory/memory-versions.ts";

objectStoreContract("createMemoryVersions", async () => createMemoryVersions().store, {
  keepsVersions: true,
});
versionedStoreContract("createMemoryVersions", async () => createMemoryVersions());

import { createMemoryVersions } from "../../src/memory/memory-versions.ts";
import { objectStoreContract } from "../contract/object-store-contract.ts";
import { versionedStoreContract } from "../contract/versioned-store-contract.ts";

objectStoreContract("createMemoryVersions", async () => createMemoryVersions().store, {
  keepsVersions: true,
});
versionedStoreContract("createMemoryVersions", async () => createMemoryVersions());

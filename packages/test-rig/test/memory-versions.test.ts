import { createMemoryVersions } from "../src/memory-versions.ts";
import { objectStoreContract } from "../src/object-store-contract.ts";
import { versionedStoreContract } from "../src/versioned-store-contract.ts";

objectStoreContract("createMemoryVersions", async () => createMemoryVersions().store);
versionedStoreContract("createMemoryVersions", async () => createMemoryVersions());

import { createMemoryStore } from "../src/memory-store.ts";
import { objectStoreContract } from "../src/object-store-contract.ts";

objectStoreContract("createMemoryStore", async () => createMemoryStore());

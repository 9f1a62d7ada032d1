import { createMemoryStore } from "../../src/memory/memory-store.ts";
import { objectStoreContract } from "../contract/object-store-contract.ts";

objectStoreContract("createMemoryStore", async () => createMemoryStore());

export { createMemoryStore, type MemoryObject } from "./memory-store.ts";
export { createMemoryVersions, type MemoryVersionsOptions } from "./memory-versions.ts";

export { createMemoryStore, type MemoryObject, type MemoryOptions } from "./memory-store.ts";
export { createMemoryVersions, type MemoryVersionsOptions } from "./memory-versions.ts";

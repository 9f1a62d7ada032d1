export { objectStoreContract, type Promised } from "./object-store-contract.ts";
export { versionedStoreContract, type VersionedBucket } from "./versioned-store-contract.ts";

export { encryptorContract } from "./encryptor-contract.ts";
export type { CreateEncryptor } from "./subject.ts";

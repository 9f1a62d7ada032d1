import { describe } from "vitest";
import { formContract } from "./form-contract.ts";
import { inputContract } from "./input-contract.ts";
import { lengthContract } from "./length-contract.ts";
import { memoryContract } from "./memory-contract.ts";
import { recipientContract } from "./recipient-contract.ts";
import { type CreateEncryptor, subjectOf } from "./subject.ts";

/** For what hangs: it starts gpg for each message, perhaps on a busy machine. */
const PATIENCE_MS = 300_000;

/** Registers a vitest test for each promise of `Encryptor`, tried with stock gpg and with openpgp.js. */
export function encryptorContract(name: string, create: CreateEncryptor): void {
  describe(`${name} as an Encryptor`, { timeout: PATIENCE_MS }, () => {
    const subject = subjectOf(create);
    lengthContract(subject);
    formContract(subject);
    memoryContract(subject);
    recipientContract(subject);
    inputContract(subject);
  });
}

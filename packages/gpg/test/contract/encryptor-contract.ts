import type { Encryptor, Recipients } from "../../src/index.ts";
import { formContract } from "./form-contract.ts";
import { inputContract } from "./input-contract.ts";
import { lengthContract } from "./length-contract.ts";
import { memoryContract } from "./memory-contract.ts";
import { recipientContract } from "./recipient-contract.ts";

export type CreateEncryptor = (recipients: Recipients) => Encryptor;

/** What every encryptor promises, tried with stock gpg and with openpgp.js. */
export function encryptorContract(name: string, create: CreateEncryptor): void {
  lengthContract(name, create);
  formContract(name, create);
  memoryContract(name, create);
  recipientContract(name, create);
  inputContract(name, create);
}

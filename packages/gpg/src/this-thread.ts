import type { Encryptor } from "./encryptor.ts";
import { checkRecipients, type Recipients } from "./recipients.ts";

export function createEncryptor(recipients: Recipients): Encryptor {
  checkRecipients(recipients);
  throw new Error("not yet");
}

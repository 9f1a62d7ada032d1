import { decrypt, readMessage } from "openpgp";

/** What openpgp.js reads in a message. */
export async function openpgpDecrypts(message: Uint8Array, passphrase: string): Promise<Buffer> {
  const { data } = await decrypt({
    message: await readMessage({ binaryMessage: message }),
    passwords: passphrase,
    format: "binary",
  });
  return Buffer.from(data);
}

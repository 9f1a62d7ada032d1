import type { Key, Signature } from "openpgp";

/** Bytes: every kind of key needs less than 2,000. */
const LONGEST = 8192;

/** Whether a key made this detached binary signature of the bytes; anything that is no such signature is not. */
export async function isSignature(
  signature: Uint8Array,
  bytes: Uint8Array,
  key: Key,
): Promise<boolean> {
  if (!(signature instanceof Uint8Array) || signature.length > LONGEST) return false;
  const { createMessage, readSignature, verify } = await import("openpgp");
  try {
    const read = await readSignature({ binarySignature: signature });
    if (!(await isOneOfBytes(read))) return false;
    const { signatures } = await verify({
      message: await createMessage({ binary: bytes }),
      signature: read,
      verificationKeys: key,
      format: "binary",
      // Neither this clock nor the signer's decides: only whether the key was valid when it signed.
      date: null,
    });
    await Promise.all(signatures.map(({ verified }) => verified));
    return signatures.length === 1;
  } catch {
    return false;
  }
}

/** One signature, and not of a text: that would cover the bytes whatever their line ends are. */
async function isOneOfBytes({ packets }: Signature): Promise<boolean> {
  const { enums } = await import("openpgp");
  return packets.length === 1 && packets[0]?.signatureType === enums.signature.binary;
}

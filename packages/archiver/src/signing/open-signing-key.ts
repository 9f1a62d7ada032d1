import { createSigningKey, openSigner, type Signer } from "@backuppc-archive-s3/gpg";
import { messageOf } from "@backuppc-archive-s3/process";
import { ArchiverError } from "../archiver-error.ts";
import { createPrivate, readPrivate, replacePrivate } from "../folder/private-file.ts";
import { signingKeyFiles } from "./signing-key-files.ts";

/**
 * The signing key of the working folder; made at first. Where two runs make one at the same time, one of the keys counts for
 * both.
 *
 * @throws {ArchiverError} code `signing-key` or `folder-unusable`
 */
export async function openSigningKey(folder: string): Promise<Signer> {
  const files = signingKeyFiles(folder);
  const secret = (await readPrivate(files.secret)) ?? (await makeKey(files.secret));
  const signer = await openSigner(secret.toString()).catch((cause: unknown) => {
    throw new ArchiverError(
      "signing-key",
      `The signing key ${files.secret} cannot be used: ${messageOf(cause)}`,
      cause,
    );
  });
  const known = await readPrivate(files.public);
  if (known?.toString() !== signer.publicKey) {
    await replacePrivate(files.public, [signer.publicKey]);
  }
  return signer;
}

async function makeKey(path: string): Promise<Buffer> {
  const { secret } = await createSigningKey();
  await createPrivate(path, secret);
  return (await readPrivate(path)) ?? Buffer.from("");
}

import { encoded } from "../sigv4.ts";
import type { UrlSigner } from "./presigner.ts";

/** One URL of a signer, whole. */
export function signedUrl(signer: UrlSigner, key: string, versionId?: string): string {
  const { path, signature } = signer.sign(key, versionId);
  const version = versionId === undefined ? "" : `&versionId=${encoded(versionId)}`;
  return `${signer.base}${path}?${signer.query}${version}&X-Amz-Signature=${signature}`;
}

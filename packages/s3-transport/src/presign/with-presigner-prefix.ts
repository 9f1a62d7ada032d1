import { KeyPrefix } from "../wrap/key-prefix.ts";
import type { Presigner } from "./presigner.ts";

/** Signs for keys that come after a prefix, as {@link withPrefix} has the objects. URLs have whole keys. */
export function withPresignerPrefix(presigner: Presigner, prefix: string): Presigner {
  if (prefix === "") return presigner;
  const keys = new KeyPrefix(prefix);
  return {
    presign: async (key, expiresInSeconds, versionId) =>
      await presigner.presign(keys.whole(key), expiresInSeconds, versionId),
    async presignAll(expiresInSeconds) {
      const signer = await presigner.presignAll(expiresInSeconds);
      return { ...signer, sign: (key, versionId) => signer.sign(keys.whole(key), versionId) };
    },
  };
}

import type { RestoreInput } from "@backuppc-archive-s3/restore-script";
import type { Site } from "../site.ts";

/** Signs URLs, and knows when the first of them dies. */
export interface UrlSigner {
  sign(key: string): Promise<string>;
  times(): Required<Pick<RestoreInput, "created" | "asked" | "expires">>;
}

/** @param expire how long the URLs shall work, seconds */
export function urlSigner(expire: number, site: Pick<Site, "presign">): UrlSigner {
  const created = new Date();
  const asked = new Date(created.getTime() + expire * 1000);
  let expires = asked;
  return {
    async sign(key) {
      const signed = await site.presign(key, expire);
      if (signed.expires < expires) expires = signed.expires;
      return signed.url;
    },
    times: () => ({ created, asked, expires }),
  };
}

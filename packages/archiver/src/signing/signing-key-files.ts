import { join } from "node:path";

/** Where an installation's signing key is. */
export interface SigningKeyFiles {
  /** Armored, mode 0600. */
  readonly secret: string;
  /** Armored. A copy of it on another machine lets that one tell this installation's archives from forged ones. */
  readonly public: string;
}

/** The files of the signing key in a working folder. */
export function signingKeyFiles(folder: string): SigningKeyFiles {
  return {
    secret: join(folder, "signing-key.secret.asc"),
    public: join(folder, "signing-key.public.asc"),
  };
}

/** The program of an encryption thread. The bundle has it as text: scripts/bundle.js. */
declare const ENCRYPTION_THREAD: string;

/** The module that encryption threads run; unbundled, that of package gpg. */
export const THREAD_FILE: URL | undefined =
  typeof ENCRYPTION_THREAD === "string"
    ? new URL(`data:text/javascript,${encodeURIComponent(ENCRYPTION_THREAD)}`)
    : undefined;

/** What BackupPC gives to its own children, and what sets a program's language and time zone. */
const KEPT = new Set([
  "HOME",
  "LANG",
  "LC_ALL",
  "LC_CTYPE",
  "LOGNAME",
  "PATH",
  "SHELL",
  "TMPDIR",
  "TZ",
  "USER",
]);

/**
 * The environment for the programs that we start: none of the credentials that
 * this process may have been given (`AWS_SECRET_ACCESS_KEY` and its kin), since
 * /proc shows an environment to everyone of the same user.
 *
 * @param environment this process's own unless given
 */
export function bareEnvironment(environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => KEPT.has(name)));
}

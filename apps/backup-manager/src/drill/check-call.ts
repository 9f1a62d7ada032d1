import { readdir } from "node:fs/promises";
import { messageOf } from "@backuppc-archive-s3/process";
import type { Site } from "../site.ts";
import { unverifiedRemedy } from "../trust/unverified-text.ts";
import { cannotDrill } from "./cannot-drill.ts";
import type { DrillInvocation } from "./command.ts";
import { checkDrillFolder } from "./drill-files.ts";

/**
 * Whether anything can be drilled, before anything is fetched: what it finds is no fault of an archive.
 *
 * @throws {ManagerError} code `cannot-drill`; otherwise as `Site.trust`
 */
export async function checkCall(
  { sabotage }: Pick<DrillInvocation, "sabotage">,
  site: Site,
): Promise<void> {
  if (!sabotage) await checkDrillFolder(site.stateDirectory);
  const { verifier } = await site.trust();
  if (verifier === undefined)
    throw cannotDrill("no signing key is known", unverifiedRemedy("no-signers"));
}

/** The script would refuse another one by options of its own, once all is prepared. @throws {ManagerError} code `cannot-drill` */
export async function checkEmpty(folder: string): Promise<void> {
  const hint = "Choose an empty directory, or a new one: a drill overwrites nothing.";
  const refused = (why: string, cause?: unknown): Error =>
    cannotDrill(`nothing can be restored into ${folder}: ${why}`, hint, cause);
  const names = await readdir(folder).catch((error: unknown) => {
    if (isNotThere(error)) return [];
    throw refused(messageOf(error), error);
  });
  if (names.length > 0) throw refused("it is not empty");
}

function isNotThere(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

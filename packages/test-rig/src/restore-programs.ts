import { restorePackages } from "./debian/debian-packages.ts";
import { installDebianPackages } from "./debian/install-debian-packages.ts";

/** Global set-up of vitest: installs the shells, tars and other programs that restore scripts are tested with, where they are missing. */
export default async function installRestorePrograms(): Promise<void> {
  await installDebianPackages(restorePackages, (line) => process.stderr.write(`${line}\n`));
}

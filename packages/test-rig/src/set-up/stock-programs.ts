import { packagingPackages, restorePackages } from "../debian/debian-packages.ts";
import { installDebianPackages } from "../debian/install-debian-packages.ts";

/** Global set-up of vitest: installs the shells, tars and other programs that tests run, where they are missing. */
export default async function installStockPrograms(): Promise<void> {
  await installDebianPackages([...restorePackages, ...packagingPackages], (line) =>
    process.stderr.write(`${line}\n`),
  );
}

import { access } from "node:fs/promises";
import { cephRgwPackages } from "../debian/debian-packages.ts";
import { RigError } from "../rig-error.ts";

/** @throws {RigError} `missing` unless Debian's Ceph is installed */
export async function ensureCephPrograms(): Promise<void> {
  for (const program of ["ceph", "ceph-mon", "ceph-osd", "radosgw", "radosgw-admin"]) {
    await access(`/usr/bin/${program}`).catch((cause: unknown) => {
      const names = cephRgwPackages.map(({ name }) => name).join(" ");
      const hint = `As root: apt-get install --no-install-recommends ${names}`;
      throw new RigError("missing", `${program} is not installed.`, { hint, cause });
    });
  }
}

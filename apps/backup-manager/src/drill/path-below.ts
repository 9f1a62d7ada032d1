/** Where a tar puts a member, from the directory on: `etc/fstab` for `./etc/fstab` and `/etc/fstab`, `""` for the directory itself. */
export function pathBelow(path: Buffer): Buffer {
  const parts = path.toString("latin1").split("/");
  const named = parts.filter((part) => part !== "" && part !== ".");
  return Buffer.from(named.join("/"), "latin1");
}

/** The same place on the disk, in any encoding. */
export function placeOf(folder: string, path: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${folder}/`), pathBelow(path)]);
}

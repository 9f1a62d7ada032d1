import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { GpgHome } from "../home/gpg-home.ts";
import type { KeyKind } from "../home/key-kinds.ts";
import type { PublicKey } from "../public-keys/public-key.ts";
import { readPublicKeys } from "../public-keys/read-public-keys.ts";

/** Makes keys in a keyring and reads their public halves. */
export async function makePublicKeys(
  owner: GpgHome,
  kinds: readonly KeyKind[],
): Promise<PublicKey[]> {
  const fingerprints: string[] = [];
  for (const kind of kinds) fingerprints.push(await owner.makeKey(kind));
  const file = join(owner.folder, "public-keys");
  await writeFile(file, await owner.export(fingerprints));
  return await readPublicKeys([file]);
}

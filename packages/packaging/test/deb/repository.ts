import { fileURLToPath } from "node:url";
import { aboutRepository } from "../../src/deb/about-repository.ts";
import type { ContentsOptions } from "../../src/deb/contents.ts";

export const ROOT: string = fileURLToPath(new URL("../../../..", import.meta.url));

/** What the packages of this repository are made of, at a time that does not change. */
export async function repository(): Promise<Omit<ContentsOptions, "kind">> {
  return await aboutRepository(ROOT, 1_795_000_000);
}

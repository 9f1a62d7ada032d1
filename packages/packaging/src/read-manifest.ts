import { readFile } from "node:fs/promises";
import * as z from "zod";

const schema = z.object({
  name: z.string(),
  version: z.string(),
  private: z.boolean().default(false),
  /** With an address, as Debian wants it of a maintainer. */
  author: z
    .string()
    .regex(/^[^<]+ <[^>]+>$/)
    .optional(),
  homepage: z.url().optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
});

/** What a package says of itself. */
export type Manifest = z.infer<typeof schema>;

/** The package.json of a folder. @throws {ZodError} if it is not as ours are */
export async function readManifest(folder: string): Promise<Manifest> {
  return schema.parse(JSON.parse(await readFile(`${folder}/package.json`, "utf8")));
}

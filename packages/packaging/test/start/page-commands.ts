import { readFile } from "node:fs/promises";
import { ROOT } from "../deb/repository.ts";

/** A fenced block of a page, with the heading that it stands under. */
export interface PageBlock {
  readonly heading: string;
  readonly language: string;
  readonly text: string;
}

/** What docs/getting-started.md says to type, in its order. */
export async function pageBlocks(): Promise<readonly PageBlock[]> {
  const page = await readFile(`${ROOT}/docs/getting-started.md`, "utf8");
  return page.split(/^## /m).flatMap((section) => {
    const [heading = ""] = section.split("\n", 1);
    return [...section.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(
      ([, language = "", text = ""]) => ({ heading, language, text }),
    );
  });
}

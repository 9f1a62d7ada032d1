import { readFile } from "node:fs/promises";
import { ROOT } from "../deb/repository.ts";

/** The pnpm that package.json names, by npx. */
export async function pinnedPnpm(): Promise<readonly [string, ...string[]]> {
  const about: unknown = JSON.parse(await readFile(`${ROOT}/package.json`, "utf8"));
  return ["npx", "--yes", "--prefer-offline", String(Reflect.get(Object(about), "packageManager"))];
}

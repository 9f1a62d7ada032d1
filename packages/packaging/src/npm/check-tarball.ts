import { readFile } from "node:fs/promises";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import type { PackedPackage } from "./pack-packages.ts";

/** What publint and arethetypeswrong find wrong with a packed package, a line each. */
export async function checkTarball({ manifest, tarball }: PackedPackage): Promise<string[]> {
  const bytes = new Uint8Array(await readFile(tarball));
  const found = [...(await byPublint(bytes)), ...(await byTypes(bytes))];
  return found.map((problem) => `${manifest.name}: ${problem}`);
}

async function byPublint(bytes: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer }, strict: true });
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
}

/** The packages are modules, for Node 20 and bundlers: what an old require() finds does not matter. */
const RESOLUTIONS = new Set(["node16-esm", "bundler"]);

async function byTypes(bytes: Uint8Array): Promise<string[]> {
  const result = await checkPackage(createPackageFromTarballData(bytes));
  if (result.types === false) return [];
  const problems = result.problems.filter(
    (problem) => !("resolutionKind" in problem) || RESOLUTIONS.has(problem.resolutionKind),
  );
  return problems.map((problem) => JSON.stringify(problem));
}

import type { ListInvocation } from "../command-line/invocation.ts";
import { noSuchArchive, noSuchHost } from "../manager-error.ts";
import type { Output } from "../output.ts";
import { printable } from "../printable.ts";
import type { Site } from "../site.ts";
import { archiveJson } from "./archive-json.ts";
import { archiveTable } from "./archive-table.ts";

/** Lists the archives, reading no object. */
export async function list(
  { host, number, json }: Pick<ListInvocation, "host" | "number" | "json">,
  { catalog, name }: Site,
  output: Output,
): Promise<void> {
  const strays: string[] = [];
  const onStray = (key: string): void => void strays.push(key);
  const found = await catalog.list({ ...(host !== undefined && { host }), onStray });
  noteStrays(strays, output);
  if (host !== undefined && found.length === 0) throw noSuchHost(host, name);
  const archives = found.filter(({ id }) => number === undefined || id.number === number);
  if (host !== undefined && archives.length === 0) throw noSuchArchive(host, number);
  if (json) await output.result(archiveJson(archives));
  else if (archives.length === 0) await output.result(`There are no archives in ${name}.\n`);
  else await output.result(archiveTable(archives, new Date()));
}

function noteStrays([first, ...more]: readonly string[], output: Output): void {
  if (first === undefined) return;
  const others = more.length === 0 ? "" : ` and ${more.length} more`;
  output.note(`left alone, since no archive has such a key: ${printable(first)}${others}`);
}

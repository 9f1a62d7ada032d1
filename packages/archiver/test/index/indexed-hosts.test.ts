import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { indexedHosts } from "../../src/index/indexed-hosts.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "indexed-hosts-"));
});
afterEach(async () => await rm(folder, { recursive: true }));

test("Hosts with a chunk index are found by its name, and nothing else is one", async () => {
  for (const name of ["web%20server.index", "gandalf.index", "gandalf.lock", ".index", "%zz.index"])
    await writeFile(join(folder, name), "");
  expect(await indexedHosts(folder)).toEqual(["gandalf", "web server"]);
});

test("A folder that is not there is an error of its own kind", async () => {
  await expect(indexedHosts(join(folder, "none"))).rejects.toThrow(
    expect.objectContaining({ code: "folder-unusable" }),
  );
});

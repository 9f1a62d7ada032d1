import { beforeAll, expect, test } from "vitest";
import { attemptOf } from "../store-archive.ts";
import { type ShellSite, shellSite } from "./shell-site.ts";

let site: ShellSite;
beforeAll(async () => {
  site = await shellSite();
  await site.shell("echo another > other; chmod 600 other");
});

test.each(["verify -t", "verify --data --test", "doctor -t"])(
  "%s is refused, since it goes without --test, and asks nothing of the store",
  async (line) => {
    // Its store would be an error of another kind.
    const { stderr, status } = await site.shell(`backup-manager ${line} --config nowhere.toml`);
    expect(stderr).toMatch(/^backup-manager: (verify|doctor) goes without --test: /);
    expect(status).toBe(2);
  },
);

test.each([
  "delete -a 30 -k 0",
  "gc",
  "script --all --directory .",
  "drill --hosts 3",
  "rekey all --new-passphrase-file other",
])("%s has a --test that changes nothing", async (line) => {
  await site.archive({ host: "gandalf", number: 1, attempt: attemptOf(60) });
  const before = await keys();
  const { stderr } = await site.shell(`backup-manager ${line} --test`);
  expect(stderr).toBe("");
  expect(await keys()).toEqual(before);
});

async function keys(): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of site.store.list("")) found.push(key);
  return found;
}

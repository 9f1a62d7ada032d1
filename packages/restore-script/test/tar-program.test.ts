// What the script makes of how its tar behaves; shown with tars that do nothing else.
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { benchForTests } from "./bench-for-tests.ts";
import type { Ended } from "./run-script.ts";

const bench = await benchForTests({});

test.each([
  ["1.34", "--xattrs --xattrs-include=MASK", "--xattrs --xattrs-include=*"],
  ["1.26", "--numeric-owner", ""],
])("GNU tar %s restores extended attributes where it can", async (version, help, wanted) => {
  const tar = `#!/bin/sh
case $1 in
  --version) echo 'tar (GNU tar) ${version}' ;;
  --help) echo '${help}' ;;
  *) cat >/dev/null; printf '%s ' "$@" >asked ;;
esac
`;
  expect(await restoredBy(tar)).toMatchObject({ status: 0 });
  const asked = await readFile(bench.path("asked"), "utf8");
  expect(asked).toContain("--delay-directory-restore");
  const given = asked.split(" ").filter((option) => option.startsWith("--xattrs"));
  expect(given.join(" ")).toBe(wanted);
});

test("a tar that ends well before the backup's end is reported", async () => {
  const ended = await restoredBy("#!/bin/sh\nhead -c 20000 >/dev/null\n");
  expect(ended).toMatchObject({ status: 1 });
  expect(ended.lastLine).toMatch(/tar failed.*: it read no further, though there was more/);
});

test("a reason is given for a tar that says nothing", async () => {
  const ended = await restoredBy("#!/bin/sh\nhead -c 20000 >/dev/null\nkill -9 $$\n");
  expect(ended).toMatchObject({ status: 1 });
  expect(ended.lastLine).toMatch(/tar failed.*: (it ended with 137|.*Killed) \(The next run/);
});

test("files from the future do not hide why tar failed", async () => {
  await bench.archive({ tarOptions: "--mtime=@4102444800" });
  const args = ["--without-index", "restored", "./numbers", "./nothing"];
  const ended = await bench.run([...secret(), ...args]);
  expect(ended.lastLine).toMatch(/tar failed.*: tar: \.\/nothing: Not found/);
});

function secret(): string[] {
  return ["--passphrase-file", bench.passphraseFile];
}

async function restoredBy(tar: string): Promise<Ended> {
  return await bench.run([...secret(), "restored"], { programs: { tar } });
}

// What the script makes of how its tar behaves; shown with tars that do nothing else.
import { mkdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { benchForTests } from "./bench-for-tests.ts";
import { applet } from "./matrix.ts";
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

describe.each([
  ["GNU tar", {}],
  ["bsdtar", { tar: '#!/bin/sh\nexec bsdtar "$@"\n' }],
  ["busybox tar", { tar: applet("tar") }],
])("%s", (_, programs) => {
  const restore = async (...args: string[]): Promise<Ended> =>
    await bench.run([...secret(), "--force", ...args], { programs });

  test("leads to what is in the way, and not to the same again", async () => {
    for (const name of ["numbers", "noise", "etc/link"])
      await mkdir(bench.path(`restored/${name}/in the way`), { recursive: true });
    const ended = await restore("restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/\(Something of another kind is there already: move it away/);
  });

  test("leads to the names that there are", async () => {
    const ended = await restore("restored", "etc/pasword");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(
      /pasword: [Nn]ot found in archive \(--list shows the names of all/,
    );
  });

  test("leads to the file that a hard link needs", async () => {
    const one = await restore("one", "etc/passwd");
    const other = await restore("other", "etc/hard link");
    // Which of both is the link, the file system has decided.
    const [failed, whole] = one.status === 0 ? [other, one] : [one, other];
    expect(whole).toMatchObject({ status: 0 });
    expect(failed).toMatchObject({ status: 1 });
    expect(failed.lastLine).toMatch(
      /\(It is a hard link: .*name the file that it leads to as well/,
    );
  });
});

test.each([
  ["tar: ./numbers: Cannot write: No space left on device", /\(Make room, or use a larger disk\. /],
  ["tar: ./numbers: Cannot write: File too large", /\(This disk, or a limit .* such as ext4\. /],
  ["tar: ./numbers: Cannot open: File name too long", /\(This disk, or a limit .* such as ext4\. /],
])("%j leads to another disk", async (line, advice) => {
  const ended = await restoredBy(`#!/bin/sh\ncat >/dev/null\necho '${line}' >&2\nexit 2\n`);
  expect(ended).toMatchObject({ status: 1 });
  expect(ended.lastLine).toMatch(advice);
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

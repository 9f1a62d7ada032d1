// What a command prints may advise an option only if the command takes it, or if the option's own command is named.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Command } from "../../src/command-line/command.ts";
import { COMMANDS, findCommand } from "../../src/command-line/commands.ts";

const SOURCE = fileURLToPath(new URL("../../src/", import.meta.url));
const HINTS = fileURLToPath(new URL("../../../../packages/settings/src/hints/", import.meta.url));
const OF_PACKAGES = ["archiver", "catalog", "encryption", "store"].map((name) =>
  join(HINTS, `${name}-hints.ts`),
);
/** Where the module of a command is that is not in the folder of its name. */
const FOLDERS: Readonly<Record<string, string>> = { run: "run-command" };

function moduleOf(command: string): string {
  return join(SOURCE, FOLDERS[command] ?? command, "command.ts");
}

/** All that the command may load: what it prints is in them. The options of another command are its own affair. */
function modulesOf(command: string): string[] {
  const own = moduleOf(command);
  const found = new Set([own, join(SOURCE, "open-site.ts")]);
  for (const file of found)
    for (const [, path] of readFileSync(file, "utf8").matchAll(IMPORT)) {
      const imported = join(dirname(file), path ?? "");
      if (!COMMANDS.some(({ name }) => moduleOf(name) === imported)) found.add(imported);
    }
  const isOfParser = (file: string): boolean => file.startsWith(join(SOURCE, "command-line"));
  return [...found].filter((file) => !isOfParser(file)).concat(OF_PACKAGES);
}

/** But for types alone. */
const IMPORT = /(?:\bimport\(|\b(?<!import type [^;]*)from )"(\.[^"]+\.ts)"/g;

/** Lines of several words with an option among them; what describes a field of JSON is none. */
function hintsIn(file: string): string[] {
  const text = readFileSync(file, "utf8").replaceAll(
    /^\s*(?:\/\/|\*|\/\*\*).*$|describe\([^)]*\)/gm,
    "",
  );
  return [...text.matchAll(/"[^"\n]*"|`(?:\\`|[^`])*`/g)]
    .map(([literal]) => literal.replaceAll("\\`", "`"))
    .filter(
      (literal) =>
        !literal.includes("\n") &&
        /(?:^|[^\w-])--[a-z]/.test(literal) &&
        /\w [\w-]+ /.test(literal),
    );
}

function isTaken(option: string, hint: string, { options }: Command): boolean {
  if (OTHERS.test(hint)) return true;
  const named = [...hint.matchAll(/(?:`|backup-manager )(?!backup-manager)([a-z]+)\b/g)].map(
    ([, name = ""]) => name,
  );
  const own = named.map(findCommand).filter((command) => command !== undefined);
  if (own.length === 0) return Object.hasOwn(options, option);
  return own.some((command) => Object.hasOwn(command.options, option));
}

/** The options are of another program. */
const OTHERS = /restore script|gpg --|s3api|sh \$\{script\}|--ca-file/i;

describe("Every option that is advised is taken", () => {
  test("of which some are found, so that this tests something", () => {
    const advised = modulesOf("drill").flatMap(hintsIn).join();
    for (const option of ["--accept-unverified", "--incomplete", "--without-index", "--largest"])
      expect(advised).toContain(option);
  });

  test.each(COMMANDS.map((command) => [command.name, command] as const))(
    "by %s, or by the command that the hint names",
    (name, command) => {
      const refused = modulesOf(name).flatMap((file) =>
        hintsIn(file).flatMap((hint) =>
          [...hint.matchAll(/(?<![\w-])--([a-z][a-z-]*)/g)].flatMap(([, option = ""]) =>
            isTaken(option, hint, command) ? [] : [`${file.replace(SOURCE, "")}: ${hint}`],
          ),
        ),
      );
      expect(refused).toEqual([]);
    },
  );
});

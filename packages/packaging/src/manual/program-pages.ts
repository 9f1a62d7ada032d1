import { exitStatusOf, type Help, readHelp } from "./read-help.ts";
import type { Block, ManualPage, ManualPart } from "./roff.ts";

/** What a program prints as its help, or as that of a command of it. */
export type AskHelp = (command: string | undefined) => Promise<string>;

/** backup-manager(1), by what `backup-manager help` and `backup-manager help COMMAND` print. */
export async function backupManagerPage(ask: AskHelp): Promise<ManualPage> {
  const help = readHelp(await ask(undefined));
  const commands = itemsBelow(help, "Commands");
  const [introduction = "", ...further] = help.paragraphs;
  const sections = commands.map(async ([name]) => commandBlocks(readHelp(await ask(name))));
  return {
    name: "backup-manager",
    section: 1,
    summary: "list, check, restore and delete off-site archives of BackupPC hosts",
    parts: [
      part("SYNOPSIS", { kind: "text", text: help.usage }),
      part("DESCRIPTION", text(`${ABOUT_MANAGER} ${introduction}`), text(configurationIn(further))),
      part("COMMANDS", ...(await Promise.all(sections)).flat()),
      part("COMMON OPTIONS", { kind: "items", items: itemsBelow(help, COMMON) }),
      part("EXIT STATUS", { kind: "items", items: exitStatusOf(help) }),
      part("EXAMPLES", { kind: "lines", lines: help.examples }),
      FILES,
      seeAlso("archive-host(8)"),
    ],
  };
}

/** archive-host(8), by what `archive-host --help` prints. */
export async function archiveHostPage(ask: AskHelp): Promise<ManualPage> {
  const help = readHelp(await ask(undefined));
  const [introduction = "", ...further] = help.paragraphs;
  return {
    name: "archive-host",
    section: 8,
    summary: "store a BackupPC host's backup in S3, encrypted",
    parts: [
      part("SYNOPSIS", { kind: "text", text: help.usage }),
      part("DESCRIPTION", text(introduction), text(configurationIn(further))),
      part("ARGUMENTS", { kind: "items", items: itemsBelow(help, "Arguments") }),
      part("OPTIONS", { kind: "items", items: itemsBelow(help, "Options") }),
      part("EXIT STATUS", { kind: "items", items: exitStatusOf(help) }),
      part("EXAMPLES", { kind: "lines", lines: help.examples }),
      FILES,
      seeAlso("backup-manager(1)"),
    ],
  };
}

const ABOUT_MANAGER =
  "Lists what archive-host(8) has stored in S3, deletes what is old, checks that archives are complete and intact, " +
  "and writes restore scripts.";

const COMMON = "Common options";

/** The options that every command has are described once, below. */
function commandBlocks({ usage, paragraphs, groups, examples }: Help): Block[] {
  const own = groups.filter(({ heading }) => heading !== COMMON);
  return [
    { kind: "subheading", text: usage },
    ...paragraphs.map(text),
    ...own.map(({ items }): Block => ({ kind: "items", items })),
    ...(examples.length === 0 ? [] : [{ kind: "lines", lines: examples } as const]),
  ];
}

function configurationIn(paragraphs: readonly string[]): string {
  return paragraphs.find((one) => one.startsWith("The configuration file is")) ?? "";
}

function itemsBelow({ groups }: Help, heading: string): Help["groups"][number]["items"] {
  return groups.find((group) => group.heading === heading)?.items ?? [];
}

function part(heading: string, ...blocks: readonly Block[]): ManualPart {
  return { heading, blocks };
}

function text(line: string): Block {
  return { kind: "text", text: line };
}

const FILES = part("FILES", {
  kind: "items",
  items: [
    [
      "/etc/backuppc-archive-s3/config.toml",
      "the configuration, backuppc-archive-s3.toml(5): owner root, group backuppc, mode 640",
    ],
    [
      "/var/lib/backuppc/archives3",
      "the working directory: chunk indexes, locks, the signing key. The key `stateDirectory` and BackupPC's $Conf{ArchiveDest} name it.",
    ],
  ],
});

function seeAlso(other: string): ManualPart {
  return part(
    "SEE ALSO",
    text(
      `${other}, backuppc-archive-s3.toml(5). What is called docs/ here is in /usr/share/doc/backuppc-archive-s3.`,
    ),
  );
}

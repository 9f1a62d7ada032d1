import type { DescribedSetting, SettingGroup } from "@backuppc-archive-s3/settings";
import type { Block, Item, ManualPage } from "./roff.ts";

/** backuppc-archive-s3.toml(5), by the schema of the configuration. */
export function configurationPage(groups: readonly SettingGroup[]): ManualPage {
  return {
    name: "backuppc-archive-s3.toml",
    section: 5,
    summary: "configuration of archive-host and backup-manager",
    parts: [
      { heading: "DESCRIPTION", blocks: INTRODUCTION.map((text) => ({ kind: "text", text })) },
      { heading: "KEYS", blocks: groups.flatMap(groupBlocks) },
      { heading: "EXAMPLE", blocks: [{ kind: "lines", lines: EXAMPLE }] },
      {
        heading: "SEE ALSO",
        blocks: [
          {
            kind: "text",
            text: "archive-host(8), backup-manager(1). What is called docs/ here is in /usr/share/doc/backuppc-archive-s3.",
          },
        ],
      },
    ],
  };
}

/** docs/config.md, by the same. */
export function configurationMarkdown(groups: readonly SettingGroup[]): string {
  const sections = groups.flatMap(({ description, settings }) => [
    `## ${settings.map(({ key }) => `\`${key}\``).join(", ")}`,
    linked(description),
    settings.map((setting) => markdownLine(setting, settings.length > 1)).join("\n"),
    fenced(settings.map(({ key, example }) => `${key} = ${example}`)),
  ]);
  const head = ["# Configuration", ...INTRODUCTION.map(linked), EXAMPLE_FILE, fenced(EXAMPLE)];
  return `${[...head, ...sections].join("\n\n")}\n`;
}

const INTRODUCTION = [
  "Both programs read one file in TOML: what `--config FILE` names (backup-manager only), otherwise what the environment " +
    "variable `BACKUPPC_ARCHIVE_S3_CONFIG` names, otherwise `/etc/backuppc-archive-s3/config.toml`.",
  "backup-manager also reads `manager.toml` beside a `config.toml`, where it is there: what it says goes before what `config.toml` says. " +
    "It has the access key that can delete, which archive-host must not have (docs/two-keys.md).",
  "A key that is not known is an error. Sizes are numbers of bytes or texts such as `64MiB` and `500MB`, rates are such as " +
    "`20MB/s` or `160Mbit/s`, times in days such as `180d`. Paths that do not begin with a slash begin at the folder of the file.",
  "The file is refused if it holds a secret and everyone can read it, or if everyone can write to it: it should belong to root, " +
    "group backuppc, mode 640. `backup-manager doctor` checks it, and tries the store.",
];

const EXAMPLE_FILE =
  "[config.example.toml](config.example.toml) has every key with its description, to be copied. What most need:";

/** What most need. */
const EXAMPLE = [
  'bucket = "backuppc-offsite"',
  'region = "eu-central-1"',
  'accessKeyId = "…"',
  'secretAccessKey = "…"',
  'passphraseFile = "/etc/backuppc-archive-s3/passphrase"',
];

function groupBlocks({ description, settings }: SettingGroup): Block[] {
  const [first, ...others] = settings.map((setting): Item => [setting.key, aboutValue(setting)]);
  if (first === undefined) return [];
  const [key, about] = first;
  return [{ kind: "items", items: [[key, `${description} ${about}`], ...others] }];
}

function markdownLine(setting: DescribedSetting, named: boolean): string {
  return named ? `- \`${setting.key}\`: ${aboutValue(setting)}` : aboutValue(setting);
}

/** `A text in quotes. No default.` */
function aboutValue({ kind, required, default: byDefault }: DescribedSetting): string {
  const value = kind.replace(/^such as/, "a value such as").replace(/^(?=")/, "one of ");
  const otherwise = byDefault === undefined ? "No default." : `Default: \`${byDefault}\`.`;
  return `${capital(value)}. ${required ? "Required." : otherwise}`;
}

function fenced(lines: readonly string[]): string {
  return ["```toml", ...lines, "```"].join("\n");
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** `docs/memory.md` as a link, which it is beside that page. */
function linked(text: string): string {
  return text.replaceAll(/docs\/([\w-]+\.md)/g, "[$1]($1)");
}

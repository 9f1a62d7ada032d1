import type { CommandName } from "./commands.ts";

/** How an option is written, what it does, and which commands know it. */
export interface Option {
  readonly short?: string;
  /** What its value is called in the help; none: a flag. */
  readonly value?: string;
  readonly summary: string;
  /** All of them, where not given. */
  readonly commands?: readonly CommandName[];
  /** Understood, but not in the help. */
  readonly hidden?: true;
}

/** Short and long names are the predecessor's, where it had such an option. */
const OPTIONS: Readonly<Record<string, Option>> = {
  host: {
    short: "H",
    value: "HOST",
    summary: "only this host",
    commands: ["list", "show", "delete", "script", "verify", "gc"],
  },
  "backup-number": {
    short: "b",
    value: "N",
    summary: "only this backup number; needs --host",
    commands: ["list", "show", "delete", "script", "verify"],
  },
  attempt: {
    value: "ID",
    summary: "only this attempt of that number",
    commands: ["show", "delete", "script", "verify"],
  },
  age: {
    short: "a",
    value: "DAYS",
    summary: "delete archives older than that",
    commands: ["delete"],
  },
  keep: {
    short: "k",
    value: "N",
    summary: "keep the newest N complete archives of each host [1]",
    commands: ["delete"],
  },
  "keep-daily": {
    value: "N",
    summary: "keep the newest of each of the last N days",
    commands: ["delete"],
  },
  "keep-weekly": { value: "N", summary: "the same for weeks", commands: ["delete"] },
  "keep-monthly": { value: "N", summary: "the same for months", commands: ["delete"] },
  "keep-yearly": { value: "N", summary: "the same for years", commands: ["delete"] },
  "time-zone": {
    value: "ZONE",
    summary: "where days begin, such as Europe/Berlin [this machine's]",
    commands: ["delete"],
  },
  "purge-versions": {
    summary: "delete every version, if the bucket keeps versions",
    commands: ["delete", "gc", "policy"],
  },
  "start-backups": {
    short: "s",
    summary: "have BackupPC archive hosts with fewer than N + 1 archives; needs --age",
    commands: ["delete"],
  },
  data: {
    value: "PERCENT",
    summary: "download and decrypt that share of the chunks [100]",
    commands: ["verify"],
  },
  overdue: {
    value: "DAYS",
    summary: "fail if a host has no complete archive of the last DAYS days",
    commands: ["list"],
  },
  expire: {
    short: "x",
    value: "SECONDS",
    summary: "how long the URLs work [86400]",
    commands: ["script"],
  },
  filename: {
    short: "f",
    value: "FILE",
    summary: "write to this file, readable by you alone",
    commands: ["script"],
  },
  all: { summary: "a script for each host; needs --directory", commands: ["script"] },
  directory: {
    value: "DIR",
    summary: "where --all writes restore_HOST.sh",
    commands: ["script"],
  },
  incomplete: {
    short: "u",
    summary: "consider incomplete archives too",
    commands: ["list", "script"],
  },
  unfinalized: {
    summary: "the predecessor's name of --incomplete",
    commands: ["list", "script"],
    hidden: true,
  },
  "accept-unverified": {
    summary: "restore an archive although its signature does not verify",
    commands: ["script"],
  },
  "no-probe": { summary: "do not test one of the URLs first", commands: ["script"] },
  "old-passphrase-file": {
    value: "FILE",
    summary: "the passphrase that opens the archives now [the configuration's]",
    commands: ["rekey"],
  },
  "new-passphrase-file": {
    value: "FILE",
    summary: "the passphrase that shall open them [asked for]",
    commands: ["rekey"],
  },
  "archive-host": {
    value: "NAME",
    summary: "BackupPC's archive host; needed if it has several",
    commands: ["start", "delete"],
  },
  list: {
    short: "l",
    summary: "list the archives afterwards",
    commands: ["list", "delete", "script", "gc", "rekey", "start"],
  },
  test: { short: "t", summary: "only print what would be done" },
  json: { summary: "the result as JSON (docs/json.md)" },
  quiet: { short: "q", summary: "print only what needs attention" },
  config: { value: "FILE", summary: "the configuration file" },
  help: { short: "h", summary: "this text, or a command's own" },
  version: { summary: "the version" },
};

/** The options that a command knows, or all of them. */
export function optionsOf(command: CommandName | undefined): [name: string, option: Option][] {
  return Object.entries(OPTIONS).filter(
    ([, { commands }]) => command === undefined || (commands?.includes(command) ?? true),
  );
}

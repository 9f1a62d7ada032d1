import { flag, GROUPS, valued } from "./option.ts";
import { daysOf, textOf, wholeNumberOf } from "./read-value.ts";

const { which, work, retention, common } = GROUPS;

/** Options that several commands have. Short and long names are those of the legacy program, where it had such an option. */
export const HOST = valued(
  { alias: "H", value: "HOST", group: which, describe: "only this host" },
  textOf("host"),
);

export const BACKUP_NUMBER = valued(
  {
    alias: "b",
    value: "N",
    group: which,
    describe: "only this backup number; needs --host",
    implies: "host",
  },
  wholeNumberOf("backup-number"),
);

export const ATTEMPT = valued(
  {
    value: "ID",
    group: which,
    describe: "only this attempt of that number; needs --backup-number",
    implies: "backup-number",
  },
  textOf("attempt"),
);

export const INCOMPLETE = flag({
  alias: "u",
  group: which,
  describe: "consider incomplete archives too",
});

/** The legacy name of --incomplete. */
export const UNFINALIZED = flag({ group: which, describe: "--incomplete", hidden: true });

export const ACCEPT_UNVERIFIED = flag({
  group: which,
  describe: "use an archive although its signature does not verify",
});

/** What `delete` leaves, as those say it that call it. */
export const KEEP = valued(
  {
    alias: "k",
    value: "N",
    group: retention,
    describe: "if at least N newer good archives remain [default: 1]",
  },
  wholeNumberOf("keep"),
);

export const OVERDUE = valued(
  {
    value: "DAYS",
    group: work,
    describe: "every host must have a complete archive that is no older [default: 8]",
  },
  daysOf("overdue"),
);

export const PURGE_VERSIONS = flag({
  group: work,
  describe: "delete every version, if the bucket keeps versions",
});

export const ARCHIVE_HOST = valued(
  {
    value: "NAME",
    group: work,
    describe: "BackupPC's archive host; needed if it has several",
  },
  textOf("archive-host"),
);

export const LIST_AFTERWARDS = flag({
  alias: "l",
  group: work,
  describe: "list the archives afterwards",
});

/** Options that every command has. */
export const COMMON = {
  test: flag({ alias: "t", group: common, describe: "only print what would be done" }),
  json: flag({ group: common, describe: "print the result as JSON (docs/json.md)" }),
  quiet: flag({ alias: "q", group: common, describe: "print only what needs attention" }),
  config: valued(
    { value: "FILE", group: common, describe: "the configuration file" },
    textOf("config"),
  ),
  help: flag({ alias: "h", group: common, describe: "print this help" }),
  version: flag({ group: common, describe: "print the version" }),
};

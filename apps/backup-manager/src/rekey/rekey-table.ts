import { count } from "../text/count.ts";
import { printable } from "../text/printable.ts";
import { type Column, table } from "../text/table.ts";
import type { RekeyedHost } from "./rekey-host.ts";

/** What was done, a line for each host, and what has to be done next. */
export function rekeyTable(hosts: readonly RekeyedHost[], test: boolean): string {
  const rows = hosts.map(({ host, changed, unchanged, without, failures }) =>
    [printable(host), changed, unchanged, without, failures.length].map(String),
  );
  const changed = hosts.reduce((sum, each) => sum + each.changed, 0);
  const verb = test ? "would get" : "got";
  const totals = `${count(changed, "archive")} ${verb} the new passphrase\n`;
  const lines = rows.length === 0 ? "" : table(COLUMNS, rows);
  return lines + totals + (test || changed === 0 ? "" : NEXT);
}

const COLUMNS: readonly Column[] = [
  { title: "Hostname", align: "left" },
  { title: "Changed", align: "right" },
  { title: "Had it", align: "right" },
  { title: "Without", align: "right" },
  { title: "Failed", align: "right" },
];

const NEXT = `Now put it into the configuration of archive-host and backup-manager. The next archive of each host then
uploads everything once. Archives that were made in between still have the old one: run the command again.
Write new restore scripts: old ones ask for the old passphrase.
`;

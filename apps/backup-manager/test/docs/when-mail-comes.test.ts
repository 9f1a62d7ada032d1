import { expect, test } from "vitest";
import { mailText } from "../../src/nightly/mail.ts";
import { byUrgency, KINDS, nextCommand } from "../../src/nightly/trouble.ts";
import { EXAMPLES } from "../nightly/trouble.ts";

test("docs/when-mail-comes.md has every message (vitest -u writes it anew)", async () => {
  await expect(page()).toMatchFileSnapshot("../../../../docs/when-mail-comes.md");
});

function page(): string {
  const troubles = byUrgency(Object.values(EXAMPLES));
  const mail = mailText([EXAMPLES.damaged, EXAMPLES.overdue, EXAMPLES.never]).trimEnd();
  const sections = troubles.map((trouble) => {
    const { todo, means } = KINDS[trouble.kind];
    return `### ${trouble.why}\n\n${means}\n\n${todo}\n\n\`\`\`sh\n${nextCommand(trouble)}\n\`\`\`\n`;
  });
  return `${INTRODUCTION}\n\`\`\`\n${mail}\n\`\`\`\n\n${REST}\n${sections.join("\n")}\n${OTHERS}`;
}

const INTRODUCTION = `# When mail comes

This page is written by a test (apps/backup-manager/test/docs/when-mail-comes.test.ts).

The nightly job ([nightly.md](nightly.md)) prints nothing as long as all is well, and then cron sends no mail. Its mail begins with what
to do, the most urgent first. A table follows with each host and attempt: since when it is so, why, and the next command. Run the commands on the
BackupPC server as BackupPC's user (\`su -s /bin/sh backuppc -c '…'\`).
`;

const REST = `## The store cannot be used

\`\`\`
backup-manager: the store cannot be used: listing archives/ failed: connect ECONNREFUSED (bucket offsite at https://s3.example.net). Check \`endpoint\` in the configuration, and the network. The restore scripts in /srv/restore-scripts work until 2026-11-29 04:15 CET, once the store answers.
\`\`\`

One line, and nothing else was tried. Archives and scripts are as they were. Find out whether the store or the line to it is down; \`backup-manager doctor\` tests each
step. The next night does what this one could not. An archive that is in progress waits for the store (\`patience\` in the configuration).

## What is in the table
`;

const OTHERS = `## The mail of \`run\`

\`backup-manager run --quiet\` prints a line for each host that it could not archive. The other hosts had their turn, and the next night
asks again, so a single line needs nothing. A host that fails night after night gets into the mail of the nightly job.

- \`witte 41: failed: The store has been away for 30 min: …\`: BackupPC's error is the last line of archive-host. [failures.md](failures.md) explains each.
- \`witte 41: partial: archived as partial witte 41: …\`: BackupPC could not read all of its backup. The log of the archive on BackupPC's page names what.
- \`witte 41: failed: BackupPC says that it archived it, but there is no archive in the store: …\`: BackupPC's own program may have archived the host, in the
  clear, into \`ArchiveDest\`. \`backup-manager doctor\` finds out why.
- \`witte 41: failed: archives3 is still busy with another archive after 12 h. …\`: look at its page in BackupPC, and cancel the archive there if it hangs.
- \`witte 41: failed: BackupPC no longer knows of the request. …\`: BackupPC was restarted. There is nothing to do.
- \`the configuration names a host that BackupPC does not back up: gandolf\`: correct \`hosts\` or \`excludeHosts\`.

## Alarms that could not be sent

A line that begins with \`warning:\` is of an alarm ([nightly.md](nightly.md#alarms)). The run itself went as its exit status says.

- \`warning: the ping to https://hc.example.net failed: no answer for 10 s\`: check \`pingUrl\`, and the service.
- \`warning: onFailure ended with status 127\`: the command failed. Try it by hand as BackupPC's user.
- \`warning: metricsFile can't be written: EACCES: …\`: BackupPC's user must be able to write to its folder.
`;

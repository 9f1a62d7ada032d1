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
  return `${INTRODUCTION}\n\`\`\`\n${mail}\n\`\`\`\n\n${REST}\n${sections.join("\n")}`;
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

import type { Midnight, Night } from "./night.ts";

/** docs/three-weeks.md: what three weeks of nights have brought, and the mails. */
export function threeWeeksPage(nights: readonly Night[], midnight: Midnight): string {
  const rows = nights.map(
    ({ number, backedUp, archived, deleted, mails }) =>
      `| ${[String(number), ...[backedUp, archived, deleted].map(cell), mails.length === 0 ? "–" : "yes"].join(" | ")} |`,
  );
  const mailed = nights.filter(({ mails }) => mails.length > 0);
  const [first] = mailed;
  const [last] = mailed.toReversed();
  return `${INTRODUCTION}
| night | backed up | archived | deleted | mail |
| ----: | --------- | -------- | ------- | ---- |
${rows.join("\n")}

## The mails

The first one, of night ${first?.number}:

${mailOf(first, midnight)}
The last one, of night ${last?.number}:

${mailOf(last, midnight)}`;
}

function cell(archives: readonly string[]): string {
  return archives.length === 0 ? "–" : archives.join(", ");
}

function mailOf(night: Night | undefined, midnight: Midnight): string {
  const text = night?.mails.join("\n") ?? "";
  return `\`\`\`\n${withNights(text, midnight)}\`\`\`\n`;
}

/** Each date as the night it belongs to, so that the page is the same whenever the test runs. */
function withNights(text: string, midnight: Midnight): string {
  return text.replaceAll(/(\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC/g, (_, day: string) => {
    const night = Math.round((Date.parse(day) - midnight(0)) / 86_400_000);
    return `of night ${night}`.padEnd("2026-11-29 06:30 UTC".length);
  });
}

const INTRODUCTION = `# Three weeks of nights

This page is written by a test (packages/packaging/test/start/getting-started.long.test.ts): on a new Debian with the real BackupPC, set up by the
commands of [getting-started.md](getting-started.md) and nothing else, it lives through three weeks of nights with the clock moved. Night 0 is the day of the set-up. At
00:00 BackupPC backs up each host by its own schedule, at 01:00 and 06:30 the two lines of the crontab run, and whatever they print is mailed.

- gandalf and sam are there from the start.
- frodo is new in BackupPC in night 8. Nobody changes anything for it here.
- sam is broken from night 15 on: its folder is gone, so BackupPC's backups of it fail. Three days later the mails begin, and its archives
  are kept for as long as the others.

Each name is followed by the number of BackupPC's backup.
`;

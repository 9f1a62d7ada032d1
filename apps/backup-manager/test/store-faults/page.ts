/** What a program did under one fault. */
export interface Seen {
  readonly program: string;
  readonly what: string;
  readonly times: "once" | "always";
  /** It did all that it does without the fault. */
  readonly right: boolean;
  readonly status: number;
  readonly line: string;
}

interface Rows {
  readonly name: string;
  readonly rows: readonly string[];
}

/** docs/store-faults.md */
export function storeFaultsPage(programs: readonly Rows[], seen: readonly Seen[]): string {
  const tables = programs.map(({ name, rows }) => {
    const lines = rows.map((what) => rowLine(name, what, seen));
    return [`## ${name}`, "", "| fault | once | always |", "| --- | --- | --- |", ...lines, ""];
  });
  return [INTRODUCTION, ...tables.flat()].join("\n");
}

/** What a program did under one fault, as a row of its table. */
export function rowLine(program: string, what: string, seen: readonly Seen[]): string {
  const own = seen.filter((one) => one.program === program && one.what === what);
  const cell = (times: Seen["times"]): string => outcome(own.find((one) => one.times === times));
  return `| ${what} | ${cell("once")} | ${cell("always")} |`;
}

function outcome(one: Seen | undefined): string {
  if (one === undefined) return "";
  if (one.right) return "right";
  return one.status === 0 ? "shows less" : `${one.status}: ${told(one.line)}`;
}

/** Without what differs from run to run. */
function told(line: string): string {
  return (
    line
      .replaceAll(/\/\S*store-faults-[^/]+\//g, "…/")
      .replaceAll(/127\.0\.0\.1:\d+/g, "s3.example.net")
      .replaceAll(/case-\d+/g, "offsite")
      .replaceAll(/\d{8}T\d{6}Z-[0-9a-f]+/g, "20261122T031500Z-5f3a9c")
      .replaceAll(/[0-9A-F]{40}/g, "<fingerprint>")
      .replaceAll(/canary\.[0-9a-f]{16}/g, "canary.<id>")
      .replaceAll(/(behind|ahead of) the store's/g, "off the store's")
      .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, "2026-11-22 03:15 UTC")
      // Heads are read several at a time: which comes first is chance.
      .replaceAll(/gandalf([ /])\d/g, "gandalf$17")
      .replaceAll(/archive \d,/g, "archive 7,")
      .replaceAll("|", "\\|")
  );
}

const INTRODUCTION = `# What happens when the store fails

This page is written by a test (apps/backup-manager/test/store-faults): \`npm run test:long\` tries each cell, and \`npm test\` a sample. The program ran against a
store that did this to the first request of each kind (once), or to every request that the fault applies to (always). \`right\` means
that the program did all that it does without the fault. Otherwise the cell has its exit status and its last line.
\`shows less\`: nobody can see such a fault; the program found fewer archives or chunks, and lost none. After each
run, every archive that was listed as complete was read back from the store, byte by byte.

The programs tried each request three times, with waits of some milliseconds. \`attempts\`, \`retryWait\` and \`timeout\` in the
configuration set that; docs/stores.md has the usual values.
`;

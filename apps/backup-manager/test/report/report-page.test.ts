import { describe, expect, test } from "vitest";
import { reportPage } from "../../src/report/page/report-page.ts";
import { sampleReport } from "./sample-report.ts";

test("What needs attention stands first, then the hosts that need it", () => {
  const page = reportPage(sampleReport(4, 6));
  const order = [...page.matchAll(/<h[23]>(.*?)<\/h[23]>/g)].map(([, title]) => title);
  expect(order).toEqual([
    "What needs attention",
    "Hosts",
    "witte",
    "gandalf",
    "frodo",
    "rivendell",
    "Storage",
  ]);
  expect(page).toContain("<code>backup-manager run -H witte</code>");
});

test("A reason that is a sentence of its own ends with one mark", () => {
  const report = sampleReport(2, 2);
  const reasons = ["Is it on?", "It ended with status 1.", "it is gone"];
  const [sample] = report.troubles;
  if (sample === undefined) throw new Error("There is no trouble.");
  const troubles = reasons.map((why) => ({ ...sample, since: null, todo: "Look.", why }));
  expect(reportPage({ ...report, troubles }).match(/[^ ]+ Look\./g)).toEqual([
    "on? Look.",
    "1. Look.",
    "gone. Look.",
  ]);
});

test("Where all is well, the page says so", () => {
  const page = reportPage(sampleReport(1, 6));
  expect(page).toContain("<title>Off-site archives: all is well</title>");
  expect(page).not.toContain("What needs attention");
});

test("The page fetches nothing, runs nothing, and knows the dark", () => {
  const page = reportPage(sampleReport(3, 20));
  expect(page).not.toMatch(
    /<(script|img|link|iframe|object|form|a)\b|\b(src|href)=|url\(|@import/i,
  );
  expect(page).toContain("default-src 'none'");
  expect(page).toContain("prefers-color-scheme:dark");
});

const EVIL = `"><script>alert(1)</script>'&\u202e\u0007`;

test("Nothing that comes from the store or the configuration is markup", () => {
  const report = sampleReport(2, 2);
  const page = reportPage({
    ...report,
    store: EVIL,
    hosts: report.hosts.map((host) => ({
      ...host,
      host: EVIL,
      archives: host.archives.map((archive) => ({ ...archive, why: EVIL })),
    })),
    troubles: report.troubles.map((each) => ({ ...each, host: EVIL, why: EVIL, next: EVIL })),
    price: { perGB: 1, currency: EVIL, source: EVIL, date: EVIL },
  });
  expect(page).not.toContain("<script");
  for (const character of ["\u202e", "\u0007"]) expect(page).not.toContain(character);
  expect(page).toContain(
    "&#34;&#62;&#60;script&#62;alert(1)&#60;/script&#62;&#39;&#38;\\u{202e}\\u{7}",
  );
});

describe("A host's timeline", () => {
  test("has a tick for each archive by its state, and says so in words", () => {
    const [host] = sampleReport(1, 16).hosts;
    if (host === undefined) throw new Error("There is no host.");
    const page = reportPage(sampleReport(0, 0, { hosts: [host] }));
    expect(page).toContain(
      'aria-label="16 archives: 14 good, 1 partial, damaged or not verified, 1 incomplete"',
    );
    const [, ticks = ""] =
      /<path class="good" d="([^"]*)"/.exec(page.split("<article")[1] ?? "") ?? [];
    expect(ticks.split("M")).toHaveLength(15);
  });

  test("of an archive that says 1970 leaves room for the others", () => {
    const [host] = sampleReport(1, 3).hosts;
    if (host === undefined) throw new Error("There is no host.");
    const [first, ...others] = host.archives;
    if (first === undefined) throw new Error("There is no archive.");
    const old = { ...first, started: "1970-01-01T00:00:00.000Z" };
    const page = reportPage(
      sampleReport(0, 0, { hosts: [{ ...host, archives: [old, ...others] }] }),
    );
    expect(page).toContain("2023-11-20");
  });
});

test("A page of 200 hosts with 60 archives each is small enough for a mail", () => {
  const page = reportPage(sampleReport(200, 60));
  expect(Buffer.byteLength(page)).toBeLessThan(1_500_000);
});

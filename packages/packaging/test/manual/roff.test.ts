import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Block, roffOf } from "../../src/manual/roff.ts";

/** The lines below the heading. */
function printed(...blocks: Block[]): string[] {
  const page = { name: "a", section: 1, summary: "b", parts: [{ heading: "H", blocks }] } as const;
  const lines = roffOf(page).split("\n").slice(0, -1);
  return lines.slice(lines.indexOf('.SH "H"') + 1);
}

describe("roffOf", () => {
  test("makes a page of title, name and parts", () => {
    const part = { heading: "SEE ALSO", blocks: [{ kind: "text", text: "b(8)" } as const] };
    const page = { name: "a-b", section: 1, summary: "does it", parts: [part] } as const;
    expect(roffOf(page)).toBe(`.\\" Generated; see CONTRIBUTING.md of backuppc-archive-s3.
.TH "A\\-B" 1 "" backuppc\\-archive\\-s3
.nh
.ad l
.SH NAME
a\\-b \\- does it
.SH "SEE ALSO"
.PP
b(8)
`);
  });

  test("keeps what a shell would be given as it is", () => {
    const lines = [`run '~/^a\\b' "$Conf{X}" …`, ".dot", "'quote"];
    expect(printed({ kind: "lines", lines })).toEqual([
      ".PP",
      ".RS 4",
      ".EX",
      `run \\(aq\\(ti/\\(haa\\eb\\(aq "$Conf{X}" \\[u2026]`,
      "\\&.dot",
      "\\(aqquote",
      ".EE",
      ".RE",
    ]);
  });

  test("prints terms and names in backquotes bold", () => {
    const items = [["-H, --host HOST", "needs `memory`,\nor more"]] as const;
    expect(printed({ kind: "items", items })).toEqual([
      ".TP",
      "\\fB\\-H, \\-\\-host HOST\\fR",
      "needs \\fBmemory\\fR, or more",
    ]);
  });

  test("makes a request of no text, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const [paragraph, ...lines] = printed(
          { kind: "text", text: `a ${text}` },
          { kind: "text", text },
        );
        expect([paragraph, ...lines].length).toBe(4);
        for (const line of lines) expect(line).toMatch(/^(\.PP$|(?![.'])[ -~]*$)/);
      }),
    );
  });
});

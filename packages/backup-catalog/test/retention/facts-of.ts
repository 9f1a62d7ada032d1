import type { ArchiveFacts } from "../../src/index.ts";

export const NOW: Date = new Date("2026-11-22T12:00:00Z");
export const DAY = 86_400_000;

/** What makes an archive of the tests; a good one of the host gandalf unless it says otherwise. */
export interface FactOptions extends Partial<Omit<ArchiveFacts, "id" | "time">> {
  readonly host?: string;
  readonly number?: number;
}

/** An archive that is so many days old. */
export function archive(days: number, options: FactOptions = {}): ArchiveFacts {
  const { host = "gandalf", number = 7, ...about } = options;
  return {
    id: { host, number, attempt: `attempt-${days}` },
    time: new Date(NOW.getTime() - days * DAY),
    status: "complete",
    trust: "verified",
    uploader: "server-1",
    damaged: false,
    ambiguous: false,
    ...about,
  };
}

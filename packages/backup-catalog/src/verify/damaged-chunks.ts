import type { ArchiveId } from "../archive.ts";
import type { DamagedChunk } from "./verify-report.ts";

/** The damaged chunks of one host, each with all archives that it hits. */
export class DamagedChunks {
  readonly #host: string;
  readonly #found = new Map<string, { kind: DamagedChunk["kind"]; archives: ArchiveId[] }>();

  constructor(host: string) {
    this.#host = host;
  }

  add(name: string, kind: DamagedChunk["kind"], id: ArchiveId): void {
    const known = this.#found.get(name);
    if (known === undefined) this.#found.set(name, { kind, archives: [id] });
    else known.archives.push(id);
  }

  all(): DamagedChunk[] {
    return [...this.#found].map(([name, about]) => ({ host: this.#host, name, ...about }));
  }
}

import { messageOf } from "@backuppc-archive-s3/process";

/** What is to be closed at the end, the last one first. What fails is said, and no more: it must not hide how the archive ended. */
export class Cleanup {
  readonly #say: (line: string) => void;
  readonly #steps: (() => Promise<unknown>)[] = [];

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  add(step: () => Promise<unknown>): void {
    this.#steps.push(step);
  }

  async run(): Promise<void> {
    for (const step of this.#steps.splice(0).toReversed()) {
      try {
        await step();
      } catch (error) {
        this.#say(`could not clean up: ${messageOf(error)}`);
      }
    }
  }
}

import type { ChildProcess } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { Readable, Writable } from "node:stream";
import { z } from "zod";

const messageSchema = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
});
const targetsSchema = z.object({
  targetInfos: z.array(z.object({ targetId: z.string(), type: z.string() })),
});
const sessionSchema = z.object({ sessionId: z.string() });
const pictureSchema = z.object({ data: z.string() });
const valueSchema = z.object({
  result: z.object({ value: z.unknown().optional() }),
  exceptionDetails: z.object({ text: z.string() }).loose().optional(),
});

/** Chromium's DevTools protocol over its pipes, file descriptors 3 and 4: JSON messages with a zero byte at their ends. */
export class DevTools {
  readonly #child: ChildProcess;
  readonly #input: Writable;
  readonly #events = new EventEmitter();
  #session: string | undefined;
  #last = 0;

  constructor(child: ChildProcess) {
    const [, , , input, output] = child.stdio;
    if (!(input instanceof Writable) || !(output instanceof Readable))
      throw new Error("Chromium has no pipes.");
    this.#child = child;
    this.#input = input;
    void this.#read(output);
  }

  /** To the page that Chromium begins with. */
  async attach(): Promise<void> {
    const { targetInfos } = targetsSchema.parse(await this.send("Target.getTargets", {}));
    const targetId = targetInfos.find(({ type }) => type === "page")?.targetId;
    const attached = await this.send("Target.attachToTarget", { targetId, flatten: true });
    this.#session = sessionSchema.parse(attached).sessionId;
    await this.send("Page.enable", {});
  }

  /** @throws if Chromium refuses it */
  async send(method: string, params: object): Promise<unknown> {
    const id = ++this.#last;
    const answered = once(this.#events, `answer-${id}`);
    const sessionId = this.#session;
    this.#input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    const [answer] = await answered;
    const { result, error } = messageSchema.parse(answer);
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  /** Waits for an event of the page. @throws after a minute, as when a dialog is open */
  async once(event: string): Promise<void> {
    await once(this.#events, event, { signal: AbortSignal.timeout(60_000) });
  }

  /** The value of an expression as text. @throws what it throws */
  async evaluate(expression: string): Promise<string> {
    const answer = valueSchema.parse(await this.send("Runtime.evaluate", { expression }));
    if (answer.exceptionDetails !== undefined)
      throw new Error(`${expression}: ${JSON.stringify(answer.exceptionDetails)}`);
    return String(answer.result.value);
  }

  /** A PNG of the upper part of the page. @param height in pixels */
  async picture(height: number): Promise<Buffer> {
    const clip = { x: 0, y: 0, width: 1000, height, scale: 1 };
    const answer = await this.send("Page.captureScreenshot", { format: "png", clip });
    return Buffer.from(pictureSchema.parse(answer).data, "base64");
  }

  async close(): Promise<void> {
    const closed = once(this.#child, "close");
    this.#child.kill();
    await closed;
  }

  async #read(output: Readable): Promise<void> {
    let rest = "";
    output.setEncoding("utf8");
    for await (const piece of output) {
      const [last = "", ...texts] = `${rest}${String(piece)}`.split("\0").toReversed();
      rest = last;
      for (const text of texts.toReversed()) this.#receive(JSON.parse(text));
    }
  }

  #receive(message: unknown): void {
    const { id, method } = messageSchema.parse(message);
    this.#events.emit(id === undefined ? (method ?? "") : `answer-${id}`, message);
  }
}

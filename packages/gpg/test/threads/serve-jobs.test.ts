import { once } from "node:events";
import { MessageChannel } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openpgpDecrypts } from "../../src/contract/openpgp-decrypts.ts";
import { newDataKey } from "../../src/index.ts";
import { newSessionKey } from "../../src/message/encrypt-message.ts";
import { withRoom } from "../../src/message/with-room.ts";
import { type Answer, type Job, serveJobs } from "../../src/threads/serve-jobs.ts";

const dataKey = newDataKey();

let channel: MessageChannel;
beforeEach(() => void (channel = new MessageChannel()));
afterEach(() => channel.port1.close());

async function answerTo(plain: Uint8Array, given: Partial<Job> = {}): Promise<Answer> {
  const answered = once(channel.port1, "message");
  const key = { sessionKey: newSessionKey(), publicPackets: new Uint8Array(0) };
  const job: Job = { plain: withRoom(plain, false), ...key, ...given };
  channel.port1.postMessage(job, [job.plain.buffer]);
  const [answer] = await answered;
  return answer;
}

describe("serveJobs", () => {
  test("answers each plaintext with its message", async () => {
    serveJobs(channel.port2, { dataKey }, undefined);
    for (const plain of [Buffer.from("first"), Buffer.alloc(3_500_000, "second")]) {
      const answer = await answerTo(plain);
      const message = "bytes" in answer ? answer.bytes : new Uint8Array(0);
      expect((await openpgpDecrypts(message, dataKey)).equals(plain)).toBe(true);
    }
  });

  test("has memory freed after each MiB", async () => {
    const freed: unknown[] = [];
    serveJobs(channel.port2, { dataKey }, (how: unknown) => freed.push(how));
    expect(await answerTo(Buffer.alloc(3_500_000))).toHaveProperty("sha256");
    expect(freed).toEqual([{ type: "minor" }, { type: "minor" }, { type: "minor" }]);
  });

  test("answers with the reason where it fails, and goes on", async () => {
    serveJobs(channel.port2, { dataKey }, undefined);
    const failed = await answerTo(Buffer.from("text"), { sessionKey: new Uint8Array(5) });
    expect(failed).toEqual({ error: "Invalid key length" });
    expect(await answerTo(Buffer.from("text"))).toHaveProperty("sha256");
  });
});

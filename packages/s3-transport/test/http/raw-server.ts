import { createHash } from "node:crypto";
import { createServer, type Socket } from "node:net";
import { listenOnLoopback } from "@backuppc-archive-s3/test-rig";
import { onTestFinished } from "vitest";
import { type ObjectBody, type S3Location, TIME_LIMITS, type TimeLimits } from "../../src/index.ts";

/** A server that does with each connection what the test says; gives a bucket there. */
export async function rawServer(
  onConnection: (socket: Socket) => void,
  limits: Partial<TimeLimits> = {},
): Promise<S3Location> {
  const { port, stop } = await listenOnLoopback(createServer(onConnection));
  onTestFinished(async () => await stop());
  return {
    bucket: "offsite",
    region: "us-east-1",
    endpoint: `http://127.0.0.1:${port}`,
    forcePathStyle: true,
    credentials: { accessKeyId: "id", secretAccessKey: "s3cr3t" },
    timeLimits: { ...TIME_LIMITS, ...limits },
  };
}

export const GO_AHEAD = "HTTP/1.1 100 Continue\r\n\r\n";

export function answer(status: string, body = "", headers = ""): string {
  return `HTTP/1.1 ${status}\r\n${headers}content-length: ${body.length}\r\n\r\n${body}`;
}

/** The answer to a PUT of this body that a client takes for a store's. */
export function stored({ bytes }: ObjectBody): string {
  const md5 = createHash("md5").update(bytes).digest("hex");
  return answer("200 OK", "", `etag: "${md5}"\r\n`);
}

import { type Answer, startHttpServer } from "@backuppc-archive-s3/test-rig";
import { onTestFinished } from "vitest";
import { createS3, type S3 } from "../src/index.ts";

/** A store that answers each request as the test says: for answers that no store at hand gives. */
export async function answeringStore(...answers: readonly Answer[]): Promise<AnsweringStore> {
  let next = 0;
  const server = await startHttpServer(async (request, response) => {
    const answer = answers[Math.min(next++, answers.length - 1)];
    for await (const _ of request);
    await answer?.(request, response);
  });
  const { endpoint, requests } = server;
  const credentials = { accessKeyId: "id", secretAccessKey: "s3cr3t" };
  const place = { bucket: "offsite", region: "us-east-1", endpoint, forcePathStyle: true };
  const s3 = createS3({ ...place, credentials });
  onTestFinished(async () => {
    await s3[Symbol.asyncDispose]();
    await server.stop();
  });
  return { s3, requests };
}

interface AnsweringStore {
  readonly s3: S3;
  /** Such as `GET /offsite?versioning`. */
  readonly requests: readonly string[];
}

/** An answer with this body. */
export function xml(body: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return (_, response) =>
    response.writeHead(200, { "content-type": "application/xml", ...headers }).end(body);
}

/** The store's refusal. */
export function refusal(status: number, code: string): Answer {
  return (_, response) => response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);
}

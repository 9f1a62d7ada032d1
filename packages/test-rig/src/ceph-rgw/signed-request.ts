import { createHash, createHmac } from "node:crypto";
import type { CephRgwDetails } from "./admin-command.ts";

export interface SignedRequest {
  readonly method: "GET" | "PUT" | "DELETE" | "HEAD";
  /** Begins with a slash; only letters, digits and `/._-~`, which need no encoding. */
  readonly path: string;
  /** One word without a value, such as `policy`. */
  readonly query?: string;
  readonly body?: string;
}

/** Sends a request, signed by AWS Signature Version 4, without an SDK between the test and the store. */
export async function signedRequest(
  store: Pick<CephRgwDetails, "endpoint" | "region" | "accessKeyId" | "secretAccessKey">,
  { method, path, query = "", body = "" }: SignedRequest,
): Promise<Response> {
  const { host } = new URL(store.endpoint);
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const payload = sha256(body);
  const headers = { host, "x-amz-content-sha256": payload, "x-amz-date": time };
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const names = Object.keys(headers).join(";");
  const search = query === "" ? "" : `${query}=`;
  const canonical = [method, path, search, lines.join(""), names, payload].join("\n");
  const scope = [time.slice(0, 8), store.region, "s3", "aws4_request"];
  const text = ["AWS4-HMAC-SHA256", time, scope.join("/"), sha256(canonical)].join("\n");
  const signature = hmac(signingKey(store.secretAccessKey, scope), text).toString("hex");
  const credential = `${store.accessKeyId}/${scope.join("/")}`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`;
  return await fetch(`${store.endpoint}${path}${query === "" ? "" : `?${query}`}`, {
    method,
    headers: { ...headers, authorization },
    ...(body === "" ? {} : { body }),
  });
}

function signingKey(secret: string, scope: readonly string[]): Buffer {
  return scope.reduce<Buffer>((key, part) => hmac(key, part), Buffer.from(`AWS4${secret}`));
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

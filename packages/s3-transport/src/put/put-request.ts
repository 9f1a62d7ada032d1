import type { OutgoingBody, OutgoingRequest } from "../http/outgoing.ts";
import { encodedPath } from "../sigv4.ts";
import type { Headers } from "./put-headers.ts";
import type { PutTarget } from "./put-target.ts";
import { signedHeaders } from "./signed-headers.ts";

interface PutContent {
  readonly headers: Headers;
  readonly body: OutgoingBody;
  /** When it is signed. */
  readonly date: Date;
}

/** One PUT, signed. */
export async function putRequest(
  { address, region, credentials }: PutTarget,
  key: string,
  content: PutContent,
): Promise<OutgoingRequest> {
  const { protocol, host } = address;
  const { hostname, port } = new URL(`${protocol}//${host}`);
  const path = `${address.path}${encodedPath(key)}`;
  const headers = signedHeaders({
    path,
    headers: { host, ...content.headers },
    region,
    credentials: await credentials(),
    date: content.date,
  });
  return {
    protocol,
    hostname,
    ...(port !== "" && { port: Number(port) }),
    method: "PUT",
    path,
    headers,
    body: content.body,
  };
}

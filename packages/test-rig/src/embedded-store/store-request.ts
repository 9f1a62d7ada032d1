import type { IncomingHttpHeaders } from "node:http";
import type { RequestUrl } from "./signature.ts";

/** What a request asks for. */
export type Operation = "put" | "get" | "head" | "list" | "delete" | "retention" | "bucket";

/** A request as a script of faults sees it. */
export interface StoreRequest {
  readonly operation: Operation;
  readonly method: string;
  readonly bucket: string;
  /** `""` for what concerns a bucket. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/** Takes a request apart. @param method HTTP's */
export function storeRequest(
  method: string,
  { pathname, searchParams: query }: RequestUrl,
  headers: IncomingHttpHeaders,
): StoreRequest {
  const [bucket = "", ...rest] = pathname.slice(1).split("/");
  const key = decodeURIComponent(rest.join("/"));
  return { operation: operationOf(method, key, query), method, bucket, key, query, headers };
}

function operationOf(method: string, key: string, query: URLSearchParams): Operation {
  if (query.has("delete") || method === "DELETE") return "delete";
  if (method === "HEAD") return "head";
  if (key === "") return method === "GET" && query.has("list-type") ? "list" : "bucket";
  if (query.has("retention")) return "retention";
  return method === "PUT" ? "put" : "get";
}

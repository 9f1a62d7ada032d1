import type { Target } from "./target.ts";

/** A null store as contenders see it: it asks for no signature, and knows no bucket. */
export function nullTarget(endpoint: string): Target {
  return {
    endpoint,
    bucket: "null",
    region: "us-east-1",
    accessKeyId: "bench",
    secretAccessKey: "bench",
  };
}

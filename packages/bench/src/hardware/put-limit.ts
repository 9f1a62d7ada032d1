import { Agent, request } from "node:http";
import type { Limit } from "./limit.ts";

const BODY = 64 * 2 ** 20;

/** What one connection to a store takes that drops it, on loopback, in bodies of 64 MiB. */
export function putLimit(endpoint: string): Limit {
  const body = Buffer.alloc(BODY, 1);
  return {
    name: "PUT to a null store on loopback",
    pass: async (bytes) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      for (let left = bytes; left > 0; left -= BODY) {
        await put(endpoint, agent, body.subarray(0, Math.min(left, BODY)));
      }
      agent.destroy();
    },
  };
}

async function put(endpoint: string, agent: Agent, body: Uint8Array): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const headers = { "content-length": body.length };
    const sent = request(`${endpoint}/null/limit`, { method: "PUT", agent, headers });
    sent.once("error", reject);
    sent.once("response", (response) => response.resume().once("end", resolve));
    sent.end(body);
  });
}

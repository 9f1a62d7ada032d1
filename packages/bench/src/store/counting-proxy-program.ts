// A proxy that counts what goes to the store behind it and what comes back: `node counting-proxy-program.js http://HOST:PORT` prints its
// port; for each line on stdin it prints what it counted so far as JSON, and it ends with its stdin. A process of its own, so that
// it does not wait for what is measured.
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { createInterface } from "node:readline";
import type { Traffic } from "./traffic.ts";

const store = new URL(process.argv[2] ?? "");
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
let [requests, bytes, read] = [0, 0, 0];

const server = createServer(pass);
server.requestTimeout = 0;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address !== null && typeof address === "object") process.stdout.write(`${address.port}\n`);
});
createInterface(process.stdin)
  .on("line", () => {
    const counted: Traffic = { requests, bytes, read };
    process.stdout.write(`${JSON.stringify(counted)}\n`);
  })
  .once("close", () => process.exit());

/** The headers go as they came, or signatures would no longer hold. */
function pass(incoming: IncomingMessage, response: ServerResponse): void {
  requests += 1;
  const { method = "GET", url = "/", rawHeaders } = incoming;
  const target = { host: store.hostname, port: store.port, method, path: url, agent };
  const upstream = request({ ...target, headers: withoutExpect(rawHeaders) });
  upstream.once("response", (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    if (!url.includes("list-type=")) answer.on("data", (piece: Buffer) => (read += piece.length));
    answer.pipe(response);
  });
  // Whoever breaks a connection finds the other one broken.
  upstream.once("error", () => response.destroy());
  response.once("close", () => upstream.destroy());
  incoming.on("data", (piece: Buffer) => (bytes += piece.length));
  incoming.pipe(upstream);
}

/** What the proxy has answered itself. */
function withoutExpect(rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter((_, index) => {
    const name = rawHeaders[index - (index % 2)] ?? "";
    return name.toLowerCase() !== "expect";
  });
}

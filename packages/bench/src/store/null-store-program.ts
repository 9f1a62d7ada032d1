// An HTTP server that reads what is PUT and drops it: `node null-store-program.js`
// prints its port. A process of its own, so that it does not wait for what is measured.
import { createServer } from "node:http";

const server = createServer((request, response) => {
  request.resume();
  request.once("end", () => response.writeHead(200, { etag: '"0"', "content-length": 0 }).end());
});
// Uploads of a throttled client may take as long as they like.
server.requestTimeout = 0;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address !== null && typeof address === "object") process.stdout.write(`${address.port}\n`);
});

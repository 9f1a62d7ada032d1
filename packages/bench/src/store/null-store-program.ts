// An HTTP server that reads what is PUT and drops it, and whose lists are empty: `node null-store-program.js`
// prints its port, and ends with its stdin. A process of its own, so that it does not wait for what is measured.
import { createServer } from "node:http";

const EMPTY_LIST =
  '<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>';

const server = createServer((request, response) => {
  const body = request.method === "GET" ? EMPTY_LIST : "";
  request.resume();
  request.once("end", () => {
    response.writeHead(200, { etag: '"0"', "content-length": body.length }).end(body);
  });
});
// Whoever started it has ended, however that was.
process.stdin.resume().once("end", () => process.exit());
// Uploads of a throttled client may take as long as they like.
server.requestTimeout = 0;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address !== null && typeof address === "object") process.stdout.write(`${address.port}\n`);
});

// An HTTP server that reads what is PUT and drops it, and whose lists are empty: `node null-store-program.js`
// prints its port, and ends with its stdin. A process of its own, so that it does not wait for what is measured.
import { createHash, type Hash } from "node:crypto";
import { createServer } from "node:http";

const EMPTY_LIST =
  '<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>';
/** Bytes of a body up to which its ETag is the MD5; a larger one's digest would cost the machine more than dropping it. */
const DIGESTED = 65_536;
const SOME_ETAG = "0".repeat(32);

/** What was put on the condition that it is new. */
const taken = new Set<string>();

const server = createServer((request, response) => {
  const { method, url = "", headers } = request;
  const length = Number(headers["content-length"] ?? Number.POSITIVE_INFINITY);
  const md5: Hash | undefined = length <= DIGESTED ? createHash("md5") : undefined;
  if (md5 === undefined) request.resume();
  else request.on("data", (piece: Buffer) => md5.update(piece));
  request.once("end", () => {
    const body = method === "GET" ? EMPTY_LIST : "";
    const again = headers["if-none-match"] === "*" && taken.has(url);
    if (headers["if-none-match"] === "*") taken.add(url);
    const etag = `"${md5?.digest("hex") ?? SOME_ETAG}"`;
    response.writeHead(again ? 412 : 200, { etag, "content-length": body.length }).end(body);
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

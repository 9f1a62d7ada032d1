import { startHttpServer } from "./http-server/start-http-server.ts";

const ARCHIVES = 10_000;
const HOSTS = 100;
const PAGE = 1000;

/** An S3 server that has 10,000 archives and answers nothing but lists. */
export interface LargeStore {
  /** `http://127.0.0.1:PORT`, for any bucket, credentials and region. */
  readonly endpoint: string;
  /** What was asked for so far: the prefix of each request. */
  readonly requests: string[];
  stop(): Promise<void>;
}

/** Starts it on loopback, so that requests are those that a client really makes. */
export async function startLargeStore(): Promise<LargeStore> {
  const keys = recordKeys();
  const requests: string[] = [];
  const { endpoint, stop } = await startHttpServer(({ url = "/" }, response) => {
    const { pathname, searchParams: query } = new URL(url, "http://localhost");
    const prefix = query.get("prefix") ?? "";
    requests.push(prefix);
    const start = Number(query.get("continuation-token") ?? "0");
    const all = prefix === "archives/" ? keys : [];
    response.setHeader("content-type", "application/xml");
    if (pathname === "/") response.end(NO_BUCKETS);
    else response.end(page(all.slice(start, start + PAGE), start + PAGE, all.length));
  });
  return { endpoint, requests, stop };
}

const NO_BUCKETS =
  '<?xml version="1.0" encoding="UTF-8"?><ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>';

function recordKeys(): string[] {
  const names = [
    "KEY.1.gpg",
    "SHA256SUMS.gpg",
    "archive.json",
    "complete.100.6710886400.3.201326592.sig",
    "manifest.json",
    "members.0001.gz.gpg",
    "started.json",
  ];
  return folders().flatMap((folder) => names.map((name) => `archives/${folder}/${name}`));
}

function folders(): string[] {
  const start = Date.UTC(2026, 0, 1);
  const all = Array.from({ length: ARCHIVES }, (_, index) => {
    const time = new Date(start + index * 60_000).toISOString().replaceAll(/[-:]|\.\d+/g, "");
    return `host-${index % HOSTS}/${Math.floor(index / HOSTS)}/${time}-5f3a9c`;
  });
  return all.toSorted();
}

function page(keys: readonly string[], next: number, total: number): string {
  const contents = keys.map(
    (key) =>
      `<Contents><Key>${key}</Key><Size>67108864</Size>` +
      "<LastModified>2026-11-22T03:45:00.000Z</LastModified></Contents>",
  );
  const rest = next < total ? `<NextContinuationToken>${next}</NextContinuationToken>` : "";
  return (
    '<?xml version="1.0" encoding="UTF-8"?><ListBucketResult>' +
    `<IsTruncated>${next < total}</IsTruncated>${rest}${contents.join("")}</ListBucketResult>`
  );
}

// Runs in each thread of the pool. It loads nothing but node:crypto, since every thread loads it.
import { createHash } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import { serveJobs } from "./serve-jobs.ts";

// node:crypto returns each window in new memory, of which V8 keeps some 30 MiB before it frees any: two threads would take
// almost half of what the process may take beside `memory`. Freed after each step, that is a few MiB, and a run takes no more CPU seconds.
setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");
// glibc would give freed memory back to the system and get it again, page by page, for up to a third of the CPU time; after it has freed a
// block of 4 MiB once, it keeps twice as much. A text is digested from such a block, which is freed at once.
createHash("sha256").update("x".repeat(Math.ceil(4_194_304 / 3)));

serveJobs(parentPort, workerData, collect);

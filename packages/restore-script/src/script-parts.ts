import batches from "./parts/batches.sh";
import checks from "./parts/checks.sh";
import clock from "./parts/clock.sh";
import dataKey from "./parts/data-key.sh";
import decrypt from "./parts/decrypt.sh";
import download from "./parts/download.sh";
import ends from "./parts/ends.sh";
import explain from "./parts/explain.sh";
import feedSlices from "./parts/feed-slices.sh";
import feed from "./parts/feed.sh";
import fetch from "./parts/fetch.sh";
import findDownloader from "./parts/find-downloader.sh";
import find from "./parts/find.sh";
import head from "./parts/head.sh";
import header from "./parts/header.sh";
import index from "./parts/index.sh";
import list from "./parts/list.sh";
import main from "./parts/main.sh";
import names from "./parts/names.sh";
import near from "./parts/near.sh";
import options from "./parts/options.sh";
import parents from "./parts/parents.sh";
import passphrase from "./parts/passphrase.sh";
import plan from "./parts/plan.sh";
import progress from "./parts/progress.sh";
import scratch from "./parts/scratch.sh";
import secretKey from "./parts/secret-key.sh";
import slices from "./parts/slices.sh";
import small from "./parts/small.sh";
import space from "./parts/space.sh";
import sums from "./parts/sums.sh";
import table from "./parts/table.sh";
import tarSaid from "./parts/tar-said.sh";
import target from "./parts/target.sh";
import times from "./parts/times.sh";
import tls from "./parts/tls.sh";
import unpack from "./parts/unpack.sh";
import whichTar from "./parts/which-tar.sh";

/** The script with places to be filled in: what it is, how it runs, step by step, and last its data and the call of main. */
export const SCRIPT_TEMPLATE: string = [
  [head, main, options, checks, whichTar],
  [scratch, target, space],
  [plan, findDownloader, clock],
  [passphrase, secretKey, decrypt, dataKey, sums],
  [batches, fetch, download, explain, tls],
  [feed, unpack, tarSaid, progress],
  [index, names, times, find, near, list],
  [slices, header, parents, feedSlices],
  [ends, small, table],
]
  .flat()
  .join("");

import { formatBytes } from "@backuppc-archive-s3/settings";
import { localTime } from "../text/local-time.ts";
import { printable } from "../text/printable.ts";
import { sheet } from "../text/sheet.ts";
import { table } from "../text/table.ts";
import { scriptFileName } from "../script/script-file-name.ts";
import type { Kit } from "./kit-json.ts";

/** The sheet: what there is, where it is, and what to do, on one page. */
export function kitText(kit: Kit): string {
  const { store, printed } = kit;
  return [
    `RESTORE KIT of s3://${store.bucket}/${store.prefix}, printed ${localTime(new Date(printed))}\n`,
    "There is no secret on this sheet. Keep it, and what it names, away from the server.\n",
    section("The store", storeLines(kit)),
    section("Hosts and their newest good archives", hostLines(kit)),
    section("What is needed, and where a copy is (fill in)", placeLines(kit)),
    section("Steps", stepLines(kit)),
  ].join("\n");
}

function section(title: string, lines: string): string {
  return `${title.toUpperCase()}\n${lines.replaceAll(/^(?=.)/gm, "  ")}`;
}

function storeLines({ store: { endpoint, region, bucket, prefix } }: Kit): string {
  return sheet([
    ["Endpoint", endpoint ?? "AWS"],
    ["Region", region],
    ["Bucket", bucket],
    ["Prefix", prefix === "" ? "none" : printable(prefix)],
  ]);
}

function hostLines({ hosts }: Kit): string {
  if (hosts.length === 0) return "There is no archive.\n";
  const rows = hosts.map(({ host, good, drill }) => [
    printable(host),
    good === null ? "none" : String(good.number),
    good === null ? "-" : localTime(new Date(good.time)),
    good === null || good.storedBytes === null ? "-" : formatBytes(good.storedBytes),
    drill?.proven ? localTime(new Date(drill.proven)) : "never",
  ]);
  return table(
    [
      { title: "Hostname", align: "left" },
      { title: "Backup number", align: "right" },
      { title: "Archived", align: "left" },
      { title: "To fetch", align: "right" },
      { title: "Restored in a drill", align: "left" },
    ],
    rows,
  );
}

const FILL_IN = "copy: ______________________________";

function placeLines(kit: Kit): string {
  const { keys, places } = kit;
  const { configuration, passphrase, authority } = places;
  const fingerprints = (of: readonly string[]): [string, string][] =>
    of.map((fingerprint, at) => [at === 0 ? "Secret key" : "or secret key", fingerprint]);
  return sheet([
    ["Passphrase", passphrase === null ? undefined : `${printable(passphrase)}; ${FILL_IN}`],
    ...fingerprints(keys.recipients),
    ["Restore scripts", FILL_IN],
    ["Access key that may read", FILL_IN],
    [
      "Authority (--ca-file)",
      authority === null ? undefined : `${printable(authority)}; ${FILL_IN}`,
    ],
    ["Configuration", `${printable(configuration)}; ${FILL_IN}`],
    ...signerLines(kit),
  ]);
}

function signerLines({ keys, places }: Kit): [string, string][] {
  if (keys.signers.length === 0)
    return [
      [
        "Public signing key",
        "NONE IS KNOWN: print this where archive-host runs, or name its key in signers first",
      ],
    ];
  return [
    ...places.signers.map((file): [string, string] => [
      "Public signing key",
      `${printable(file)}; ${FILL_IN}`,
    ]),
    ...keys.signers.map((each): [string, string] => ["Its fingerprint", each]),
  ];
}

function stepLines({ hosts, places }: Kit): string {
  const [first] = hosts;
  const script = scriptFileName(first?.host ?? "HOST");
  const authority = places.authority === null ? "" : " --ca-file ca.pem";
  const steps = [
    "Start a rescue system (CD, USB, network); mount an empty disk on /mnt. Never restore onto the system that runs.",
    `Take the newest script, such as ${script}. Its head says until when it works: head -20 ${script}`,
    `None, or too old? On any machine with Node, this program (docs/restore.md, A new script) and the configuration,\n   ${WITH_KEY} -f ${script}`,
    `Fetch first:  sh ${script}${authority} --download /mnt/chunks`,
    `Then restore: sh ${script}${authority} --download /mnt/chunks /mnt/restored`,
    `One file: sh ${script}${authority} --list shows the names; put them behind /mnt/restored.`,
    "When the last line says something else than Restored, do what it says. docs/restore.md explains each.",
  ];
  return steps.map((step, at) => `${at + 1}. ${step}\n`).join("");
}

/** The line is needed there even if the configuration has one: its files are those of the server. */
const WITH_KEY =
  'with the line signers = ["YOUR COPY OF THE PUBLIC SIGNING KEY"]:\n   backup-manager script -H HOST --expire 7d';

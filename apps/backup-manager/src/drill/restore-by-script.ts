import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type RestoreInput, restoreScript } from "@backuppc-archive-s3/restore-script";
import { prepareScript } from "../script/prepare-script.ts";
import { linkPrograms } from "./bare-programs.ts";
import type { DrillWork } from "./drill-archive.ts";
import type { Expected } from "./expected-members.ts";
import { type EndedScript, runScript } from "./run-script.ts";
import { type Saboteur, startSaboteur } from "./saboteur.ts";

export interface RestoredByScript {
  readonly script: EndedScript;
  /** The chunk that was changed on the way, if any. */
  readonly sabotaged: string | undefined;
}

/**
 * Restores the members, or everything, by a script of its own. The passphrase goes to its standard input, and nowhere else.
 *
 * @param expected empty: everything
 */
export async function restoreByScript(
  work: DrillWork,
  expected: readonly Expected[],
): Promise<RestoredByScript> {
  const { candidate, asked, context } = work;
  const { site, output } = context;
  const input = await prepareScript(
    candidate,
    { expire: A_WEEK, probe: false, members: [] },
    site,
    output,
  );
  if (!asked.sabotage)
    return { script: await runOne(work, restoreScript(input), expected), sabotaged: undefined };
  const saboteur = await startSaboteur(originOf(input), site.requester);
  try {
    const script = await runOne(work, restoreScript(through(saboteur, input)), expected);
    return { script, sabotaged: saboteur.victim() };
  } finally {
    await saboteur.stop();
  }
}

/** Seconds; as long as URLs can live, since everything may take long. They are gone with the script. */
const A_WEEK = 604_800;

function originOf({ urls }: RestoreInput): URL {
  if (urls === undefined) throw new Error("An archive of ours has no shared URL.");
  return new URL(urls.base);
}

function through({ origin }: Saboteur, input: RestoreInput): RestoreInput {
  const { urls } = input;
  if (urls === undefined) return input;
  const { origin: store } = new URL(urls.base);
  return { ...input, urls: { ...urls, base: origin + urls.base.slice(store.length) } };
}

async function runOne(
  { scratch, restored, context, candidate, head, signal, asked }: DrillWork,
  text: string,
  expected: readonly Expected[],
): Promise<EndedScript> {
  const programs = join(scratch, "programs");
  const home = join(scratch, "home");
  const temporary = join(scratch, "tmp");
  await linkPrograms(programs, text, context.environment["PATH"] ?? "");
  for (const folder of [home, temporary]) await mkdir(folder, { mode: 0o700 });
  await writeFile(join(scratch, "restore.sh"), text, { mode: 0o600 });
  const { caFile } = context.site;
  const passphrase = head.encryption?.passphrase ? await context.site.passphrase() : undefined;
  const options = [
    ...(passphrase === undefined ? [] : ["--passphrase-file", "-"]),
    ...(caFile === undefined ? [] : ["--ca-file", resolve(caFile)]),
    ...(candidate.archive.status === "partial" ? ["--accept-partial"] : []),
    restored,
  ];
  return await runScript({
    folder: scratch,
    args: [
      ...options.map((option) => Buffer.from(option)),
      ...expected.map(({ member }) => member.path),
    ],
    environment: {
      PATH: programs,
      TMPDIR: temporary,
      HOME: home,
      // The saboteur is on this machine, and knows the way itself.
      ...kept(context.environment, asked.sabotage ? [] : PROXIES),
      ...kept(context.environment, passphrase === undefined ? KEYRING : []),
    },
    input: passphrase === undefined ? "" : `${passphrase}\n`,
    signal,
    onLine: (line) => context.output.progress(line),
  });
}

/** Without which the store cannot be reached. */
const PROXIES = [
  "http_proxy",
  "https_proxy",
  "HTTPS_PROXY",
  "all_proxy",
  "ALL_PROXY",
  "no_proxy",
  "NO_PROXY",
];
/** Where gpg finds the secret key, if only a key decrypts the archive. */
const KEYRING = ["HOME", "GNUPGHOME"];

function kept(environment: NodeJS.ProcessEnv, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

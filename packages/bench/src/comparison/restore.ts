import { join } from "node:path";
import { archiveHost } from "../contender/archive-host.ts";
import { backupManager } from "../contender/backup-manager.ts";
import { restores } from "../contender/restores.ts";
import type { Scene } from "../contender/scene.ts";
import { inTurn, type Result } from "../measure/in-turn.ts";
import { measuredRun } from "../measure/measured-run.ts";
import { comparisonReport } from "../report/comparison-report.ts";
import type { Report } from "../report/report.ts";
import { median } from "../statistics/median.ts";
import type { ObservedStore } from "../store/observed-store.ts";
import type { BenchOptions } from "./bench-options.ts";
import { restoreCommand } from "./restore-command.ts";
import { withKeptScene } from "./with-kept-scene.ts";
import { writeLoopInput } from "./write-loop-input.ts";

/** The restore script beside the loop of gpg and tar that a person would have typed for chunks that gpg wrote. */
export async function restore(options: BenchOptions): Promise<Report> {
  return await compared(options, `restore-${options.mean / 2 ** 20}`);
}

/** The same with chunks that gzip has compressed. */
export async function restoreGzip(options: BenchOptions): Promise<Report> {
  return await compared(options, "restore-gzip", GZIP);
}

interface Compression {
  /** The program's path, as BackupPC gives it. */
  readonly compression?: string;
  /** In the loops, each with its pipe. */
  readonly compress?: string;
  readonly decompress?: string;
}

const GZIP: Compression = {
  compression: "/usr/bin/gzip",
  compress: "gzip -c |",
  decompress: "gzip -dc |",
};

async function compared(
  options: BenchOptions,
  section: string,
  { compression, compress, decompress }: Compression = {},
): Promise<Report> {
  return await withKeptScene(options, async (scene, store) => {
    const chunks = await archive(scene, store, compression);
    await encryptByGpg(scene, compress);
    const results = await inTurn(restores(scene, decompress), options.rounds, options.say);
    const { table, figures, plots } = comparisonReport(section, results, scene.input.bytes);
    const own = (secondsOf(results[0]) - secondsOf(results[1])) / chunks;
    return {
      section,
      table: `${table}\n\n${chunks} chunks, ${(own * 1000).toFixed(1)} ms of the script's own for each.`,
      figures: { ...figures, "own time a chunk": own * 1000 },
      plots,
    };
  });
}

function secondsOf(result: Result | undefined): number {
  return median((result?.runs ?? []).map(({ seconds }) => seconds));
}

/** Makes the archive, its restore script, and a folder of its chunks; gives their number. */
async function archive(scene: Scene, store: ObservedStore, compression?: string): Promise<number> {
  const { folder } = scene;
  const options = compression === undefined ? {} : { compression };
  await measuredRun(await archiveHost(scene, options).prepare(0));
  const script = join(folder, "restore.sh");
  const named = ["-H", "bench", "-b", "1", "-f", script];
  await measuredRun(backupManager(join(folder, "config.toml"), ["script", ...named]));
  const kept = join(folder, "chunks");
  await measuredRun(await restoreCommand(scene, script, "--download", kept));
  return await writeLoopInput(scene, store);
}

/** The same tar in chunks that split cut and gpg encrypted to the passphrase, all as they do it by default. */
async function encryptByGpg({ folder, input, chunkSize }: Scene, compress = ""): Promise<void> {
  const gpg = "gpg --batch --quiet --pinentry-mode loopback --passphrase-file passphrase";
  const message = "--cipher-algo AES256 --compress-algo none --symmetric";
  const filter = `${compress} ${gpg} ${message} --output by-gpg/$FILE.gpg`;
  const script = `set -e; cd "$1"; mkdir by-gpg
"$2" 2>/dev/null | split --bytes="$3" --numeric-suffixes --suffix-length=5 --filter='${filter}' - chunk.`;
  const args = ["-c", script, "encrypt", folder, input.tarCreate, `${chunkSize}`];
  const env = { PATH: "/usr/bin:/bin", GNUPGHOME: join(folder, "gnupg") };
  await measuredRun({ program: "/bin/bash", args, env });
}

import type { Invocation } from "./command-line/invocation.ts";
import type { Outcome } from "./outcome.ts";
import type { Output } from "./output.ts";
import type { Site } from "./site.ts";

/** Does what was asked for, and lists the archives where that was asked for too. */
export async function run(
  asked: Invocation,
  environment: NodeJS.ProcessEnv,
  output: Output,
): Promise<Outcome> {
  const outcome = await runCommand(asked, environment, output);
  if (!asked.list || asked.command === "list") return outcome;
  const { list } = await import("./list/list.ts");
  const listed = await list(
    { ...EVERYTHING, ...asked },
    await open(asked, environment, output),
    output,
  );
  return outcome === "done" ? listed : outcome;
}

/** What a command needs is loaded with it: together it is slow. */
async function runCommand(
  asked: Invocation,
  environment: NodeJS.ProcessEnv,
  output: Output,
): Promise<Outcome> {
  switch (asked.command) {
    case "list": {
      const { list } = await import("./list/list.ts");
      return await list(asked, await open(asked, environment, output), output);
    }
    case "show": {
      const { show } = await import("./show/show.ts");
      return await show(asked, await open(asked, environment, output), output);
    }
    case "script": {
      const { script } = await import("./script/script.ts");
      return await script(asked, await open(asked, environment, output), output);
    }
    case "delete": {
      const { deleteArchives } = await import("./delete/delete-archives.ts");
      return await deleteArchives(asked, await open(asked, environment, output), output);
    }
    case "verify": {
      const { verify } = await import("./verify/verify.ts");
      return await verify(asked, await open(asked, environment, output), output);
    }
    case "gc": {
      const { gc } = await import("./gc/gc.ts");
      return await gc(asked, await open(asked, environment, output), output);
    }
    case "rekey": {
      const { rekey } = await import("./rekey/rekey.ts");
      return await rekey(asked, await open(asked, environment, output), output);
    }
    case "start": {
      const { start } = await import("./start/start.ts");
      return await start(asked, output);
    }
    case "doctor": {
      const { doctor } = await import("./doctor/doctor.ts");
      return await doctor(asked, environment, output);
    }
    default: {
      const { policy } = await import("./policy/policy.ts");
      return await policy(asked, environment, output);
    }
  }
}

async function open(
  { config }: Invocation,
  environment: NodeJS.ProcessEnv,
  output: Output,
): Promise<Site> {
  const { openSite } = await import("./open-site.ts");
  return await openSite(config, environment, (line) => output.note(line));
}

/** What `--list` after another command lists. */
const EVERYTHING = { host: undefined, number: undefined, overdue: undefined };

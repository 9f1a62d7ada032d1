import yargs, { type Argv } from "yargs";
import type { ZodType } from "zod";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import type { Given, OptionTable } from "./option.ts";
import { COMMON } from "./shared-options.ts";
import { usageError } from "./usage-error.ts";

/** What every command is asked. */
export interface Common {
  /** Path of the configuration file. */
  readonly config: string | undefined;
  readonly json: boolean;
  /** Print only what needs attention. */
  readonly quiet: boolean;
  /** Print what would be done, and do nothing. */
  readonly test: boolean;
  /** List the archives afterwards. */
  readonly list: boolean;
}

/** What a command works with. */
export interface Context {
  readonly environment: NodeJS.ProcessEnv;
  readonly output: Output;
  /** The store of the configuration. No request is sent yet. @throws {SettingsError} */
  readonly site: () => Promise<Site>;
}

/** What is known of a command without running it. */
interface Facts {
  readonly name: string;
  /** What stands after the name in its usage. */
  readonly usage: string;
  readonly summary: string;
  /** Words that may follow the name; none may where not given. */
  readonly operands?: {
    readonly most: number;
    /** The only ones there are, for completion; `commands`: the names of all commands. */
    readonly choices?: readonly string[] | "commands";
  };
  readonly examples: readonly (readonly [line: string, what: string])[];
  /** It usually runs unattended: the alarms of the configuration report how it ended. */
  readonly hasAlarms?: true;
  /** The schema of what --json prints. */
  readonly json?: () => Promise<ZodType>;
}

/**
 * A command, whole: a new one is a module that exports this, and its line in commands.ts.
 * What takes time to load is imported by `run`, since each start of the program loads every command.
 */
interface Definition<Table extends OptionTable, Asked> extends Facts {
  /** Its own options; those of all commands are added. */
  readonly options: Table;
  /** What is asked for: checks what goes together. @throws {ManagerError} code `usage` */
  readonly read: (given: Given<Table & typeof COMMON>, operands: readonly string[]) => Asked;
  readonly run: (asked: Asked & Common, context: Context) => Promise<Outcome>;
}

/** What a command line asks for, and how it is done. */
export interface Request {
  readonly command: string;
  readonly hasAlarms: boolean;
  readonly asked: Common;
  readonly run: (context: Context) => Promise<Outcome>;
}

/** A command of the program. */
export interface Command extends Facts {
  readonly options: OptionTable;
  /** Has yargs understand the command. @param onRequest is called while yargs parses */
  addTo(cli: Argv, operands: readonly string[], onRequest: (request: Request) => void): Argv;
}

export function defineCommand<const Table extends OptionTable, Asked>(
  definition: Definition<Table, Asked>,
): Command {
  const { read, run, ...facts } = definition;
  const { name, summary, hasAlarms = false } = facts;
  const options = { ...definition.options, ...COMMON };
  return {
    ...facts,
    options,
    addTo: (cli, operands, onRequest) =>
      cli.command(name, summary, options, (given) => {
        const common = commonOf(given);
        if (common.list && common.json && name !== "list")
          throw usageError("--list goes without --json");
        const asked = { ...common, ...read(given, operands) };
        onRequest({
          command: name,
          hasAlarms,
          asked,
          run: async (context) => await run(asked, context),
        });
      }),
  };
}

/** Not every command has --list. */
type CommonGiven = Given<typeof COMMON> & { readonly list?: unknown };

function commonOf({ config, json, quiet, test, list }: CommonGiven): Common {
  return {
    config,
    json: json === true,
    quiet: quiet === true,
    test: test === true,
    list: list === true,
  };
}

/** Without what yargs would do by itself: exit, guess types and names, print help. */
export function plainYargs(): Argv {
  return yargs().locale("en").exitProcess(false).help(false).version(false).parserConfiguration({
    "boolean-negation": false,
    "dot-notation": false,
    "parse-numbers": false,
    "parse-positional-numbers": false,
  });
}

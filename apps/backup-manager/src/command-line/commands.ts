import { COMPLETION } from "../completion/command.ts";
import { DELETE } from "../delete/command.ts";
import { DIFF } from "../diff/command.ts";
import { DOCTOR } from "../doctor/command.ts";
import { DRILL } from "../drill/command.ts";
import { FIND } from "../find/command.ts";
import { GC } from "../gc/command.ts";
import { HELP } from "../help/command.ts";
import { KIT } from "../kit/command.ts";
import { LIST } from "../list/command.ts";
import { LS } from "../ls/command.ts";
import { NIGHTLY } from "../nightly/command.ts";
import { POLICY } from "../policy/command.ts";
import { REKEY } from "../rekey/command.ts";
import { REPORT } from "../report/command.ts";
import { RUN } from "../run-command/command.ts";
import { SCRIPT } from "../script/command.ts";
import { SHOW } from "../show/command.ts";
import { START } from "../start/command.ts";
import { VERIFY } from "../verify/command.ts";
import type { Command } from "./command.ts";

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  LIST,
  SHOW,
  LS,
  FIND,
  DIFF,
  SCRIPT,
  KIT,
  DELETE,
  VERIFY,
  DRILL,
  GC,
  REKEY,
  RUN,
  START,
  NIGHTLY,
  REPORT,
  DOCTOR,
  POLICY,
  HELP,
  COMPLETION,
];

export function findCommand(name: string): Command | undefined {
  return COMMANDS.find((command) => command.name === name);
}

import yargs, { type Argv } from "yargs";

/** Without what yargs would do by itself: exit, guess types and names, print help. */
export function plainYargs(): Argv {
  return yargs().locale("en").exitProcess(false).help(false).version(false).parserConfiguration({
    "boolean-negation": false,
    "dot-notation": false,
    "parse-numbers": false,
    "parse-positional-numbers": false,
  });
}

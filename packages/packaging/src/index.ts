export { configurationMarkdown, configurationPage } from "./manual/configuration-pages.ts";
export { archiveHostPage, type AskHelp, backupManagerPage } from "./manual/program-pages.ts";
export { type ManualPage, roffOf } from "./manual/roff.ts";

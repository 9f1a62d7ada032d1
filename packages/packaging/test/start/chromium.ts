import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { browserPackages, installDebianPackages } from "@backuppc-archive-s3/test-rig";
import { DevTools } from "./dev-tools.ts";

/** A page of headless Chromium, of 1000 x 700 pixels. */
export interface BrowserPage {
  /** Ends when the page is loaded. */
  readonly open: (url: string) => Promise<void>;
  /** Runs JavaScript in the page. @returns its value as text @throws what it throws */
  readonly evaluate: (script: string) => Promise<string>;
  /** Runs JavaScript that leads to another page, and waits for that. */
  readonly leave: (script: string) => Promise<void>;
  /** The visible text of the page. */
  readonly text: () => Promise<string>;
  /** A PNG of the upper part of the page. @param height in pixels */
  readonly picture: (file: string, height: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Starts Debian's `chromium`, which is installed if it is missing. @param profile a folder for what it remembers */
export async function startChromium(profile: string): Promise<BrowserPage> {
  await installDebianPackages(browserPackages, () => {});
  const child = spawn("chromium", [...OPTIONS, `--user-data-dir=${profile}`], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
  });
  await once(child, "spawn");
  const tools = new DevTools(child);
  await tools.attach();
  const evaluate = async (script: string): Promise<string> => await tools.evaluate(script);
  const leave = async (act: () => Promise<unknown>): Promise<void> => {
    const loaded = tools.once("Page.loadEventFired");
    await act();
    await loaded;
  };
  return {
    open: async (url) => await leave(async () => await tools.send("Page.navigate", { url })),
    evaluate,
    // Later, so that the answer arrives before the page is gone.
    leave: async (script) =>
      await leave(async () => await evaluate(`setTimeout(() => { ${script} })`)),
    text: async () => await evaluate("document.body.innerText"),
    picture: async (file, height) => await writeFile(file, await tools.picture(height)),
    close: async () => await tools.close(),
  };
}

const OPTIONS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--hide-scrollbars",
  "--window-size=1000,700",
  "--remote-debugging-pipe",
  "about:blank",
];

import type { BrowserPage } from "./chromium.ts";

/** Where the pictures of the page go. */
export type Picture = (name: string, height: number) => Promise<void>;

/** Step 4 of the page: a new line in Edit Hosts. */
export async function addArchiveHost(
  page: BrowserPage,
  address: string,
  picture: Picture,
): Promise<void> {
  await page.open(address);
  await page.leave(clickOn("a", "Edit Hosts"));
  await page.leave(clickOn("input", "Add"));
  await page.evaluate(`
    const fields = document.querySelectorAll("input[type=text][name^=v_zZ_Hosts]");
    const [host, user] = [...fields].slice(-3);
    host.value = "archives3";
    user.value = "backuppc";`);
  await picture("start-edit-hosts.png", 480);
  await page.leave(clickOn("input", "Save"));
}

/** Step 6: an archive of one host, from the list of hosts to the page that says it is under way. */
export async function archiveByWeb(
  page: BrowserPage,
  address: string,
  host: string,
  picture: Picture,
): Promise<void> {
  await page.open(address);
  await page.leave(`document.location = [...document.querySelectorAll("option")]
    .find((option) => option.text === "archives3").value`);
  await picture("start-archive-host.png", 380);
  await page.leave(clickOn("input", "Start Archive"));
  await page.evaluate(
    `document.querySelector("input[type=checkbox][value=${host}]").checked = true`,
  );
  await picture("start-select-hosts.png", 380);
  await page.leave(clickOn("input", "Archive selected hosts"));
  await picture("start-options.png", 380);
  await page.leave(clickOn("input", "Start the Archive"));
}

/** Loads the page of the archive host until it lists an archive that has ended. */
export async function seeArchive(
  page: BrowserPage,
  address: string,
  picture: Picture,
): Promise<string> {
  let text = "";
  do {
    await page.open(`${address}?host=archives3`);
    text = await page.text();
  } while (!/^\d+\s+(success|failed)\s/m.test(text));
  await picture("start-done.png", 380);
  return text;
}

/** Clicks as a person does: on what has this text. */
function clickOn(element: string, text: string): string {
  return `[...document.querySelectorAll("${element}")]
    .find((one) => (one.value ?? one.innerText).trim() === "${text}").click()`;
}

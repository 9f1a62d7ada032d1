import { afterEach, beforeEach, expect, test } from "vitest";
import { createGpgHome, type GpgHome } from "../../src/home/index.ts";

let homes: GpgHome[] = [];
beforeEach(() => void (homes = []));
afterEach(async () => void (await Promise.all(homes.map((home) => home.remove()))));

async function homeOf(program?: string): Promise<GpgHome> {
  const home = await createGpgHome(program);
  homes.push(home);
  return home;
}

test("A user ID of another form makes no key", async () => {
  const made = (await homeOf()).makeKey("cv25519", { userId: "Carol" });
  await expect(made).rejects.toThrow("gpg ended with status 2");
});

test("A gpg that ends well without a key is noticed", async () => {
  await expect((await homeOf("true")).makeKey("cv25519")).rejects.toThrow("gpg made no key.");
});

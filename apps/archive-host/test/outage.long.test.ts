// A store that hangs for two minutes in the middle of an archive, with nothing set: `npm run test:long`.
import { setTimeout as sleep } from "node:timers/promises";
import { startCephRgw } from "@backuppc-archive-s3/test-rig";
import { expect, test } from "vitest";
import { outageSite } from "./outage.ts";

test("An archive outlives a store that hangs for two minutes", async () => {
  const rgw = await startCephRgw();
  const site = await outageSite(rgw);
  try {
    const running = await site.begin();
    rgw.pause();
    await site.goOn();
    await sleep(120_000);
    rgw.resume();
    expect(await running.ended).toBe(0);
    expect(running.lines).toContainEqual(
      expect.stringMatching(/^progress: .*, the store has not answered for \d+ (s|min)$/),
    );
    expect(await site.statuses()).toEqual(["complete"]);
  } finally {
    rgw.resume();
    await site.remove();
    await rgw.stop();
  }
});

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { listTree } from "../../test-rig/src/tree/list-tree.ts";
import { type Bench, setUpBench } from "./bench.ts";

let bench: Bench;

beforeAll(async () => {
  bench = await setUpBench();
});
afterAll(async () => {
  await bench.tearDown();
});
beforeEach(async () => {
  await bench.startAfresh();
});

test.each(["dash", "bash", "busybox sh", "ksh", "zsh --emulate sh"])(
  "2,000 chunks come back in their order under %s, past the predecessor's suffix zz",
  async (shell) => {
    await bench.archiveAsPredecessor({ compression: null, splitSize: 200 });
    expect(await bench.script()).toContain("\ngandalf.7.tar.zaaa 200 - ");
    const ended = await bench.run(["--jobs", "2", "restored"], { shell });
    expect(ended).toMatchObject({ status: 0 });
    expect(ended.stderr).toMatch(/chunk 2\d{3} of 2\d{3}, 100 %/);
    expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
  },
);

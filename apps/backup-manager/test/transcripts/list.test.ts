import { beforeAll, describe, expect, test } from "vitest";
import { listJsonSchema } from "../../src/list/list-json.ts";
import { type ShellSite, shellSite, threeArchives } from "./shell-site.ts";

let site: ShellSite;
beforeAll(async () => {
  site = await shellSite();
  await threeArchives(site);
});

describe("list", () => {
  test("is what is done without a command", async () => {
    const listed = await site.shell("backup-manager");
    expect(listed).toMatchInlineSnapshot();
    expect(await site.shell("backup-manager list")).toEqual(listed);
  });

  test("takes one host, one number", async () => {
    expect(await site.shell("backup-manager list -H gandalf -b 123")).toMatchInlineSnapshot();
  });

  test("is JSON for programs", async () => {
    const { stdout, status } = await site.shell("backup-manager --json --host gandalf");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      format: 1,
      archives: [
        {
          host: "gandalf",
          number: 123,
          attempt: expect.stringMatching(/^\d{8}T\d{6}Z-[0-9a-f]{6}$/),
          status: "complete",
          started: expect.stringMatching(/Z$/),
          finished: expect.stringMatching(/Z$/),
          chunks: 2,
          storedBytes: expect.any(Number),
          newChunks: 2,
          newBytes: expect.any(Number),
          ambiguous: false,
          legacy: false,
        },
        expect.objectContaining({
          number: 124,
          status: "incomplete",
          finished: null,
          chunks: null,
        }),
      ],
    });
  });

  test("says so when there is nothing", async () => {
    expect(await site.shell("backup-manager --config empty.toml")).toMatchInlineSnapshot();
    const { stdout } = await site.shell("backup-manager --config empty.toml --json");
    expect(JSON.parse(stdout)).toEqual({ format: 1, archives: [] });
  });

  test("--quiet shows only failed attempts since the newest complete archive", async () => {
    expect(await site.shell("backup-manager list --quiet")).toMatchInlineSnapshot();
    expect(await site.shell("backup-manager list --quiet -H gandalf")).toMatchInlineSnapshot();
  });

  test("--overdue fails where a host has no complete archive of that time", async () => {
    expect(await site.shell("backup-manager list --quiet --overdue 7")).toMatchInlineSnapshot();
    const { stdout, status } = await site.shell("backup-manager list --json --overdue 7");
    expect(listJsonSchema.parse(JSON.parse(stdout)).overdueHosts).toEqual(["web server"]);
    expect(status).toBe(1);
  });
});

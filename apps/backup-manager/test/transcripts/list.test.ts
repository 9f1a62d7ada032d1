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
    expect(listed).toMatchInlineSnapshot(`
      {
        "status": 0,
        "stderr": "",
        "stdout": "Hostname    Backup number        Age  Chunks  Size  Status
      gandalf               123  0 min ago       2  11 B  complete
      gandalf               124   3 hr ago       -     -  unfinalized *
      web server              7  0 min ago       2  11 B  partial !
      3 archives of 2 hosts, 22 B
      ",
      }
    `);
    expect(await site.shell("backup-manager list")).toEqual(listed);
  });

  test("tells one host, one number", async () => {
    expect(await site.shell("backup-manager list -H gandalf -b 123")).toMatchInlineSnapshot(`
      {
        "status": 0,
        "stderr": "",
        "stdout": "Hostname  Backup number        Age  Chunks  Size  Status
      gandalf             123  0 min ago       2  11 B  complete
      1 archive of 1 host, 11 B
      ",
      }
    `);
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
          storedBytes: 11,
        },
        expect.objectContaining({
          number: 124,
          status: "unfinalized",
          finished: null,
          chunks: null,
        }),
      ],
    });
  });

  test("says so when there is nothing", async () => {
    expect(await site.shell("backup-manager --config empty.toml")).toMatchInlineSnapshot(`
      {
        "status": 0,
        "stderr": "",
        "stdout": "There are no archives in s3://empty/site-a/.
      ",
      }
    `);
    const { stdout } = await site.shell("backup-manager --config empty.toml --json");
    expect(JSON.parse(stdout)).toEqual({ format: 1, archives: [] });
  });

  test("--quiet tells only what was tried since the newest complete archive and failed", async () => {
    expect(await site.shell("backup-manager list --quiet")).toMatchInlineSnapshot(`
      {
        "status": 0,
        "stderr": "",
        "stdout": "Hostname    Backup number        Age  Chunks  Size  Status
      web server              7  0 min ago       2  11 B  partial !
      1 archive of 1 host, 11 B
      ",
      }
    `);
    expect(await site.shell("backup-manager list --quiet -H gandalf")).toMatchInlineSnapshot(`
      {
        "status": 0,
        "stderr": "",
        "stdout": "",
      }
    `);
  });

  test("--overdue fails where a host has no complete archive of that time", async () => {
    expect(await site.shell("backup-manager list --quiet --overdue 7")).toMatchInlineSnapshot(`
      {
        "status": 1,
        "stderr": "backup-manager: web server has no complete archive of the last 7 days
      ",
        "stdout": "Hostname    Backup number        Age  Chunks  Size  Status
      web server              7  0 min ago       2  11 B  partial !
      1 archive of 1 host, 11 B
      ",
      }
    `);
    const { stdout, status } = await site.shell("backup-manager list --json --overdue 7");
    expect(listJsonSchema.parse(JSON.parse(stdout)).overdueHosts).toEqual(["web server"]);
    expect(status).toBe(1);
  });
});

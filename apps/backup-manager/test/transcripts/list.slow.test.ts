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
        "stdout": "Hostname    Backup number        Age  Chunks   Size       New  Status
      gandalf               123  0 min ago       2  207 B  2, 207 B  complete
      gandalf               124   3 hr ago       -      -         -  incomplete *
      web server              7  0 min ago       2  207 B  2, 207 B  partial !
      3 archives of 2 hosts, 414 B uploaded
      ",
      }
    `);
    expect(await site.shell("backup-manager list")).toEqual(listed);
  });

  test("takes one host, one number", async () => {
    expect(await site.shell("backup-manager list -H gandalf -b 123")).toMatchInlineSnapshot(`
      {
        "status": 0,
        "stderr": "",
        "stdout": "Hostname  Backup number        Age  Chunks   Size       New  Status
      gandalf             123  0 min ago       2  207 B  2, 207 B  complete
      1 archive of 1 host, 207 B uploaded
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
      drills: [],
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
    expect(JSON.parse(stdout)).toEqual({ format: 1, archives: [], drills: [] });
  });

  test("--quiet shows only failed attempts since the newest complete archive", async () => {
    expect(await site.shell("backup-manager list --quiet")).toMatchInlineSnapshot(`
      {
        "status": 0,
        "stderr": "",
        "stdout": "Hostname    Backup number        Age  Chunks   Size       New  Status
      web server              7  0 min ago       2  207 B  2, 207 B  partial !
      1 archive of 1 host, 207 B uploaded
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
        "stderr": "backup-manager: web server has no complete archive
      ",
        "stdout": "Hostname    Backup number        Age  Chunks   Size       New  Status
      web server              7  0 min ago       2  207 B  2, 207 B  partial !
      1 archive of 1 host, 207 B uploaded
      ",
      }
    `);
    const { stdout, status } = await site.shell("backup-manager list --json --overdue 7");
    expect(listJsonSchema.parse(JSON.parse(stdout)).overdueHosts).toEqual(["web server"]);
    expect(status).toBe(1);
  });

  test("--overdue fails where there is no archive at all", async () => {
    expect(await site.shell("backup-manager list --quiet --overdue 7 --config empty.toml"))
      .toMatchInlineSnapshot(`
        {
          "status": 1,
          "stderr": "backup-manager: there is no archive at all in s3://empty/site-a/: check \`bucket\`, \`prefix\` and \`endpoint\` in the configuration, and whether someone has emptied the bucket
        ",
          "stdout": "",
        }
      `);
    const listed = await site.shell("backup-manager list --overdue 7 --config empty.toml --json");
    expect(JSON.parse(listed.stdout)).toEqual({
      format: 1,
      archives: [],
      overdueHosts: [],
      drills: [],
    });
    expect(listed.status).toBe(1);
  });

  test("--undrilled fails for hosts that no drill has proven, and where there is no archive", async () => {
    const { stderr, status } = await site.shell("backup-manager list --quiet --undrilled 90");
    expect(status).toBe(1);
    expect(stderr).toBe(
      [
        "backup-manager: no drill has ever proven gandalf. Run `backup-manager drill -H gandalf`.\n",
        "backup-manager: no drill has ever proven web server. Run `backup-manager drill -H 'web server'`.\n",
      ].join(""),
    );
    const { stdout } = await site.shell("backup-manager list --json --undrilled 90");
    const { undrilledHosts } = listJsonSchema.parse(JSON.parse(stdout));
    expect(undrilledHosts).toEqual(["gandalf", "web server"]);
    const empty = await site.shell("backup-manager list --undrilled 90 --config empty.toml");
    expect(empty.status).toBe(1);
    expect(empty.stderr).toMatch(/^backup-manager: there is no archive at all in s3:\/\/empty/);
  });

  test("names a host whose archives have vanished, though its chunk index holds their chunks", async () => {
    const server = "backup-manager list --quiet --config server.toml";
    const hold = Date.now() + 86_400_000;
    await site.indexed(hold);
    expect((await site.shell(server)).status).toBe(0);
    for await (const { key } of site.store.list("archives/gandalf/"))
      await site.store.delete([key]);
    // The index of one bucket says nothing of another.
    const elsewhere = `sed 's/"offsite"/"empty"/' server.toml >elsewhere.toml; chmod 600 elsewhere.toml`;
    const other = await site.shell(`${elsewhere}; ${server.replace("server", "elsewhere")}`);
    expect(other).toEqual({ stdout: "", stderr: "", status: 0 });
    expect(await site.shell(server)).toMatchInlineSnapshot(`
      {
        "status": 1,
        "stderr": "backup-manager: gandalf has no archive in s3://offsite/site-a/ any more, but its chunk index says that it must have one: check \`bucket\`, \`prefix\` and \`endpoint\` in the configuration, and whether someone has emptied the bucket
      ",
        "stdout": "Hostname    Backup number        Age  Chunks   Size       New  Status
      web server              7  0 min ago       2  207 B  2, 207 B  partial !
      1 archive of 1 host, 207 B uploaded
      ",
      }
    `);
    const { stdout } = await site.shell(`${server} --json --overdue 7`);
    expect(listJsonSchema.parse(JSON.parse(stdout)).overdueHosts).toEqual([
      "gandalf",
      "web server",
    ]);
    // Its hold has ended.
    await site.indexed(hold - 2 * 86_400_000);
    expect((await site.shell(server)).status).toBe(0);
  });
});

import { expect, test } from "vitest";
import { leastPolicy } from "../../src/policy/least-policy.ts";

const PLACE = {
  bucket: "offsite",
  prefix: "a/",
  conditionalPuts: false,
  locks: false,
  tags: false,
};

test("on AWS every PUT must refuse to overwrite, and nothing else needs that header", () => {
  const place = { ...PLACE, conditionalPuts: true, locks: true, tags: true };
  const { Statement } = leastPolicy("uploader", place);
  expect(Statement).toMatchObject([
    { Action: ["s3:PutObject"], Condition: { Null: { "s3:if-none-match": "false" } } },
    { Action: ["s3:PutObjectRetention", "s3:PutObjectTagging"] },
  ]);
  expect(Statement[1]).not.toHaveProperty("Condition");
});

test("an uploader stores what a run stores, and no further data key", () => {
  const { Statement } = leastPolicy("uploader", PLACE);
  expect(Statement).toMatchObject([{ Sid: "StoreArchives", Action: ["s3:PutObject"] }]);
  const patterns = (Statement[0]?.Resource ?? []).map(
    (resource) =>
      new RegExp(
        `^${resource.replace("arn:aws:s3:::offsite/", "").replaceAll(/[.*]/g, (c) => (c === "*" ? ".*" : "\\."))}$`,
      ),
  );
  const mayStore = (key: string): boolean => patterns.some((pattern) => pattern.test(key));
  const folder = "a/archives/web%20server/7/20261122T031500Z-5f3a9c";
  for (const key of [
    `${folder}/started.json`,
    `${folder}/KEY.1.gpg`,
    `${folder}/members.0001.gz.gpg`,
    `${folder}/manifest.json`,
    `${folder}/SHA256SUMS.gpg`,
    `${folder}/SHA256SUMS`,
    `${folder}/archive.json`,
    `${folder}/complete.1.2.1.2.sig`,
    `${folder}/partial.1.2.1.2.sig`,
    "a/chunks/web/20261122T031500Z-5f3a9c/20261122T031500Z-5f3a9c.00000001.gz.gpg",
    "a/uploaders/AB/signing-key.public.asc",
  ])
    expect([key, mayStore(key)]).toEqual([key, true]);
  for (const key of [`${folder}/KEY.2.gpg`, `${folder}/other`, "a/other", "b/chunks/web/x"])
    expect([key, mayStore(key)]).toEqual([key, false]);
});

test("a manager stores data keys and canaries alone, and deletes versions only if it shall", () => {
  const actions = (purge: boolean): readonly string[] =>
    leastPolicy("manager", PLACE, purge).Statement.flatMap(({ Action }) => Action);
  expect(actions(false)).not.toContain("s3:DeleteObjectVersion");
  expect(actions(true)).toContain("s3:DeleteObjectVersion");
  const storing = leastPolicy("manager", PLACE).Statement.filter(({ Action }) =>
    Action.includes("s3:PutObject"),
  );
  expect(storing).toMatchObject([
    {
      Resource: [
        "arn:aws:s3:::offsite/a/uploaders/*/*/canary.*.*.*",
        "arn:aws:s3:::offsite/a/archives/*/*/*/KEY.*.gpg",
      ],
    },
  ]);
});

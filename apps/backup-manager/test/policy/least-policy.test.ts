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

test("an uploader stores below its three prefixes, and nothing more", () => {
  const { Statement } = leastPolicy("uploader", PLACE);
  expect(Statement).toEqual([
    {
      Sid: "StoreArchives",
      Effect: "Allow",
      Action: ["s3:PutObject"],
      Resource: ["archives", "chunks", "uploaders"].map(
        (folder) => `arn:aws:s3:::offsite/a/${folder}/*`,
      ),
    },
  ]);
});

test("a manager stores keys alone, and deletes versions only if it shall", () => {
  const actions = (purge: boolean): readonly string[] =>
    leastPolicy("manager", PLACE, purge).Statement.flatMap(({ Action }) => Action);
  expect(actions(false)).not.toContain("s3:DeleteObjectVersion");
  expect(actions(true)).toContain("s3:DeleteObjectVersion");
  const storing = leastPolicy("manager", PLACE).Statement.filter(({ Action }) =>
    Action.includes("s3:PutObject"),
  );
  expect(storing).toMatchObject([
    { Resource: ["arn:aws:s3:::offsite/a/archives/*/*/*/KEY.*.gpg"] },
  ]);
});

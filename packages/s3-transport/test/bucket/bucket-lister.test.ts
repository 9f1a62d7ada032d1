import { expect, test } from "vitest";
import { answeringStore, refusal, xml } from "../answering-store.ts";

test("The buckets of an account are those that the answer names", async () => {
  const bucket = (name: string): string => `<Bucket>${name}</Bucket>`;
  const buckets = ["<Name>one</Name>", "<Name>two</Name>", "<Other/>"].map(bucket).join("");
  const answer = `<ListAllMyBucketsResult><Buckets>${buckets}</Buckets></ListAllMyBucketsResult>`;
  const { s3 } = await answeringStore(xml(answer));
  expect(await s3.buckets.listBuckets()).toEqual(["one", "two"]);
});

test("An answer that is no list of buckets is not an account without buckets", async () => {
  const { s3 } = await answeringStore(xml("<ListAllMyBucketsResult/>"));
  await expect(s3.buckets.listBuckets()).rejects.toMatchObject({ code: "unconfirmed" });
});

test("Without the right to list them, that is the error", async () => {
  const { s3 } = await answeringStore(refusal(403, "AccessDenied"));
  await expect(s3.buckets.listBuckets()).rejects.toMatchObject({ code: "denied" });
});

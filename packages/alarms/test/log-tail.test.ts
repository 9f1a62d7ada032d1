import { expect, test } from "vitest";
import { LogTail } from "../src/index.ts";

test("The end of a log stays, in whole lines and no more than 10 kB", () => {
  const log = new LogTail();
  for (let number = 0; number < 5000; number++) log.take(`line ${number}`);
  const lines = log.text().split("\n");
  expect(lines.at(-2)).toBe("line 4999");
  expect(lines[0]).toMatch(/^line \d+$/);
  expect(log.text().length).toBeLessThanOrEqual(10_000);
  expect(log.text().length).toBeGreaterThan(9900);
});

test("A line of any length does not grow it", () => {
  const log = new LogTail();
  log.take("a");
  log.take("x".repeat(100_000));
  expect(log.text().length).toBeLessThanOrEqual(10_001);
});

test("Secrets, and what signs a URL, are not in it", () => {
  const log = new LogTail();
  log.take("key s3cr3t-key, and s3cr3t");
  log.take("https://s3.example.net/a?X-Amz-Credential=AK%2F1&X-Amz-Signature=ab12 x");
  expect(log.text(["s3cr3t", "s3cr3t-key", ""])).toBe(
    "key [secret], and [secret]\nhttps://s3.example.net/a?X-Amz-Credential=[secret]&X-Amz-Signature=[secret] x\n",
  );
});

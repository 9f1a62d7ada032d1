import { PassThrough, Writable } from "node:stream";
import { expect, test } from "vitest";
import { processOutput } from "../src/process-output.ts";
import { lazily } from "../src/text/lazily.ts";

test("on a terminal, each progress takes the place of the last, and a note that of all", () => {
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 12 });
  const output = processOutput({ stdout: new PassThrough(), stderr });
  output.progress("a first line that is too long");
  output.progress("second");
  output.progress("second");
  output.note("said");
  output.progress("");
  expect(String(stderr.read())).toBe(
    "\r\u001B[Ka first lin\r\u001B[Ksecond\r\u001B[Kbackup-manager: said\n",
  );
});

test("where no terminal is, nothing is told of the progress", () => {
  const stderr = new PassThrough();
  const output = processOutput({ stdout: new PassThrough(), stderr });
  output.progress("half");
  output.note("said");
  expect(String(stderr.read())).toBe("backup-manager: said\n");
});

test("a result that can't be written is an error with its remedy", async () => {
  const stdout = new PassThrough();
  stdout.destroy();
  const output = processOutput({ stdout, stderr: new PassThrough() });
  await expect(output.result("text")).rejects.toMatchObject({
    code: "output-failed",
    hint: "Check whether the disk is full or the reader has ended.",
  });
});

test("a result in pieces is written as it is made, some at a time", async () => {
  const written: number[] = [];
  const stdout = new Writable({
    write: (piece: Buffer, _encoding, done) => {
      written.push(piece.length);
      done();
    },
  });
  const output = processOutput({ stdout, stderr: new PassThrough() });
  await output.result(Array.from({ length: 10_000 }, () => "a line of 20 letters\n"));
  await output.result([]);
  expect(written).toHaveLength(4);
  expect(written.reduce((sum, length) => sum + length, 0)).toBe(210_000);
});

test("a result in pieces that can't be written any more ends there", async () => {
  const stdout = new Writable({ write: (_piece, _encoding, done) => done(new Error("EPIPE")) });
  const output = processOutput({ stdout, stderr: new PassThrough() });
  let made = 0;
  const pieces = lazily(Array.from({ length: 9 }), () => `${made++}`.padEnd(70_000));
  await expect(output.result(pieces)).rejects.toMatchObject({ code: "output-failed" });
  expect(made).toBe(1);
});

test("a note that nobody can read ends nothing", async () => {
  const stdout = new PassThrough();
  const stderr = new Writable({ write: (_piece, _encoding, done) => done(new Error("EPIPE")) });
  const output = processOutput({ stdout, stderr });
  output.note("said");
  output.note("said again");
  await output.result("text");
  expect(String(stdout.read())).toBe("text");
});

test("a terminal is known as one", () => {
  const stderr = new PassThrough();
  const terminal = Object.assign(new PassThrough(), { isTTY: true });
  expect(processOutput({ stdout: terminal, stderr }).isTerminal).toBe(true);
  expect(processOutput({ stdout: new PassThrough(), stderr }).isTerminal).toBe(false);
});

import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { cutTar, type Member } from "@backuppc-archive-s3/chunk-splitter";

/** The member index of a tar that lies in pieces, as docs/store-format.md describes it. */
export async function indexOfTar(pieces: readonly string[]): Promise<Buffer> {
  const lines: Buffer[] = [];
  const offsets = new Map<string, number>();
  const onMember = (member: Member): void => {
    const { type, offset, path, link } = member;
    const target = type === "1" && link !== undefined ? offsets.get(bare(link)) : undefined;
    if (type !== "1") offsets.set(bare(path), offset);
    lines.push(lineOf(member, target));
  };
  const { chunks } = cutTar(joined(pieces), { key: randomBytes(32), mean: 65_536, onMember });
  for await (const _ of chunks);
  return Buffer.concat(lines);
}

async function* joined(pieces: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield* createReadStream(piece);
}

function lineOf(member: Member, target: number | undefined): Buffer {
  const { offset, length, type, mode, uid, gid, mtime, size, path } = member;
  const octal = mode.toString(8).padStart(4, "0");
  const fields = [offset, length, type, octal, uid, gid, mtime, size, target ?? "-"];
  const name = Buffer.from(path)
    .toString("latin1")
    .replaceAll("\\", "\\\\")
    .replaceAll("\t", "\\0011")
    .replaceAll("\n", "\\0012");
  return Buffer.from(`${fields.join("\t")}\t${name}\n`, "latin1");
}

function bare(path: Uint8Array): string {
  return Buffer.from(path)
    .toString("latin1")
    .replace(/^(\.?\/)+/, "");
}

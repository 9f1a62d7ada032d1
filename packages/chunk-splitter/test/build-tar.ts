/** Headers and tars with anything in them, also what no tar program writes. */

/** A header's fields; the path as bytes or text. */
export interface Fields {
  readonly path: string | Uint8Array;
  readonly type?: string;
  /** Number for octal digits, or the field's 12 bytes. */
  readonly size?: number | Uint8Array;
  readonly mode?: number;
  readonly uid?: number;
  readonly mtime?: number;
  readonly link?: string;
  /** POSIX's magic unless given. */
  readonly magic?: string;
  readonly prefix?: string;
  /** Other bytes at their offsets. */
  readonly raw?: Readonly<Record<number, Uint8Array>>;
}

/** The two blocks that end a tar. */
export const END = Buffer.alloc(1024);

export function header(fields: Fields): Buffer {
  const { type = "0", size = 0, mode = 0o644, uid = 0, mtime = 0 } = fields;
  const block = Buffer.alloc(512);
  block.set(Buffer.from(fields.path).subarray(0, 100));
  block.write(octal(mode, 8), 100);
  block.write(octal(uid, 8), 108);
  block.write(octal(0, 8), 116);
  if (typeof size === "number") block.write(octal(size, 12), 124);
  else block.set(size, 124);
  block.write(octal(mtime, 12), 136);
  block.write(type, 156, "latin1");
  block.write(fields.link ?? "", 157);
  block.write(fields.magic ?? "ustar\u000000", 257);
  block.write(fields.prefix ?? "", 345);
  for (const [at, bytes] of Object.entries(fields.raw ?? {})) block.set(bytes, Number(at));
  return withChecksum(block);
}

/** A member: header and padded content. */
export function member(fields: Fields, content: string | Uint8Array = ""): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([header({ size: bytes.length, ...fields }), padded(bytes)]);
}

/** A pax header with these records. */
export function pax(records: Readonly<Record<string, string | Uint8Array>>, type = "x"): Buffer {
  const content = Buffer.concat(
    Object.entries(records).map(([key, value]) => record(key, Buffer.from(value))),
  );
  return member({ path: "PaxHeaders/0", type }, content);
}

export function padded(content: Uint8Array): Buffer {
  return Buffer.concat([content, Buffer.alloc(-content.length & 511)]);
}

/** `<length> <key>=<value>\n`, where the length counts its own digits. */
function record(key: string, value: Uint8Array): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${key}=`), value, Buffer.from("\n")]);
  let length = rest.length;
  while (String(length).length + rest.length !== length) {
    length = String(length).length + rest.length;
  }
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

function octal(value: number, length: number): string {
  return `${value.toString(8).padStart(length - 1, "0")}\0`;
}

function withChecksum(block: Buffer): Buffer {
  block.fill(0x20, 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

/**
 * A number in a header's field: octal digits, or base 256 where the field's
 * first bit is set. A blank field is 0.
 *
 * @returns NaN if the field holds no number
 */
export function readNumber(block: DataView, at: number, length: number): number {
  const end = at + length;
  if (block.getUint8(at) >= 0x80) return readBase256(block, at, end);
  let from = at;
  while (from < end && isBlank(block.getUint8(from))) from += 1;
  let value = from === end ? 0 : Number.NaN;
  for (let index = from; index < end; index++) {
    const digit = block.getUint8(index) - 0x30;
    if (digit < 0 || digit > 7) break;
    value = (index === from ? 0 : value * 8) + digit;
  }
  return value;
}

/** Two's complement, most significant byte first; the flag is the first bit, the sign the second. */
function readBase256(block: DataView, at: number, end: number): number {
  const first = block.getUint8(at) & 0x7f;
  let value = first >= 0x40 ? first - 0x80 : first;
  for (let index = at + 1; index < end; index++) value = value * 256 + block.getUint8(index);
  return value;
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0;
}

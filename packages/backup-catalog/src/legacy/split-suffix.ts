/** Pieces that two letters name: `aa` to `yz`. */
const TWO_LETTERS = 25 * 26;

/**
 * Where a piece that `split` named with this suffix stands in the stream, from 0; undefined if `split`
 * gives no such suffix.
 *
 * GNU split goes from `aa` to `yz`, on with `zaaa` to `zyzz`, then `zzaaaa` to `zzyzzz`: each `z` in
 * front adds a letter. Before coreutils 8.16 it stopped after `zz`, so `za` to `zz` are taken too.
 */
export function positionOfSuffix(suffix: string): number | undefined {
  if (!/^[a-z]{2,}$/.test(suffix)) return undefined;
  if (suffix.length === 2) return inBase26(suffix);
  const [, front = "", tail = ""] = /^(z*)([a-y][a-z]*)$/.exec(suffix) ?? [];
  if (tail.length !== front.length + 2) return undefined;
  let before = 0;
  for (let letters = 0; letters < front.length; letters++) before += TWO_LETTERS * 26 ** letters;
  const position = before + inBase26(tail);
  return Number.isSafeInteger(position) ? position : undefined;
}

/** The suffix that GNU split gives a piece, from 0. */
export function suffixOfPosition(position: number): string {
  let rest = position;
  let front = "";
  let pieces = TWO_LETTERS;
  for (; rest >= pieces; pieces *= 26) {
    rest -= pieces;
    front += "z";
  }
  let tail = "";
  for (let letters = front.length + 2; letters > 0; letters--) {
    tail = String.fromCharCode(A + (rest % 26)) + tail;
    rest = Math.floor(rest / 26);
  }
  return front + tail;
}

const A = "a".charCodeAt(0);

function inBase26(letters: string): number {
  let value = 0;
  for (let at = 0; at < letters.length; at++) value = value * 26 + letters.charCodeAt(at) - A;
  return value;
}

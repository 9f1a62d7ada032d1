/** A name from outside, such that it can't move the cursor of a terminal or break a line. */
export function printable(name: string): string {
  return name.replaceAll(
    /\p{C}/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

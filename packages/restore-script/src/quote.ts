/** One word of shell that stands for exactly this text, whatever it holds; NUL, which no shell can hold, is left out. */
export function quote(text: string): string {
  return `'${text.replaceAll("\0", "").replaceAll("'", `'\\''`)}'`;
}

/** The text on one line, fit for a comment and for a terminal: control characters are percent-encoded. */
export function onOneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, percentEncode);
}

/** A file's name of the text: what is not a letter, a digit or one of `._%-` is percent-encoded. */
export function asFileName(text: string): string {
  const name = text.replaceAll(/[^A-Za-z0-9._%-]/gu, percentEncode);
  return name.replace(/^[.-]/, percentEncode);
}

/** A word to be copied into a shell from a line of text; as it is where that is all the same. */
export function asWord(text: string): string {
  return /^[A-Za-z0-9._%/-]+$/.test(text) ? text : quote(onOneLine(text));
}

/** The URL without what no URL may hold, such as spaces and quotes: those are percent-encoded. */
export function asUrl(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9._~:/?#[\]@!$&'()*+,;=%-]/gu, percentEncode);
}

function percentEncode(text: string): string {
  return Buffer.from(text).reduce(
    (encoded, byte) => `${encoded}%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
    "",
  );
}

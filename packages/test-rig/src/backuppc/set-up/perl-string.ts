/** A string literal of Perl in which nothing is special. */
export function perlString(text: string): string {
  return `'${text.replaceAll(/[\\']/g, "\\$&")}'`;
}

/** A list of such literals, in brackets. */
export function perlList(texts: readonly string[]): string {
  return `[${texts.map(perlString).join(", ")}]`;
}

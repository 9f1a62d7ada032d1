/** A text that may end as a sentence or a question does, as one that does. */
export function sentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

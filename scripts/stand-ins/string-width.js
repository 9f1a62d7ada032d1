/** Columns of a text: a help is plain English, where each character takes one. */
export default function stringWidth(text) {
  return text.length;
}

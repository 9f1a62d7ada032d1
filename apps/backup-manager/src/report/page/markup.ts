import { printable } from "../../text/printable.ts";

/** Text from outside as text of a page or of an attribute in quotes: no markup, and no character that turns lines around. */
export function text(value: string): string {
  return printable(value).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A time as machines and people read it. @param shown in words */
export function timeTag(iso: string, shown: string): string {
  return `<time datetime="${text(iso)}" title="${text(iso)}">${text(shown)}</time>`;
}

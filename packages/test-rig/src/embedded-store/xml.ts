/** An XML element; text and attributes of strings are escaped, elements are put in as they are. */
export function element(name: string, ...content: readonly (string | Xml)[]): Xml {
  const inner = content.map((part) => (part instanceof Xml ? part.text : escaped(part))).join("");
  return new Xml(`<${name}>${inner}</${name}>`);
}

export class Xml {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  document(): string {
    return `<?xml version="1.0" encoding="UTF-8"?>\n${this.text}`;
  }
}

/** The texts of all elements of a name; enough for the flat bodies that S3 takes. */
export function textsOf(xml: string, name: string): string[] {
  const pattern = new RegExp(`<${name}>([^<]*)</${name}>`, "g");
  return [...xml.matchAll(pattern)].map(([, text = ""]) => unescaped(text));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\r": "&#xD;",
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"'\r]/g, (character) => ENTITIES[character] ?? character);
}

function unescaped(text: string): string {
  return text.replaceAll(/&(?:#x([0-9A-Fa-f]+)|#(\d+)|(\w+));/g, (whole, hex, decimal, name) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(String(hex), 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    const found = Object.entries(ENTITIES).find(([, entity]) => entity === `&${String(name)};`);
    return found === undefined ? whole : found[0];
  });
}

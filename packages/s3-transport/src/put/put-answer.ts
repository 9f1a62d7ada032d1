import type { IncomingMessage } from "node:http";

/** The answer to a PUT. */
export interface PutAnswer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
}

/** Characters of an error's body that are read: a portal's page may have no end. */
const LONGEST = 65_536;

/**
 * Reads an answer to its end.
 *
 * @throws {Error} what the store refuses, in the form of the SDK's errors
 */
export async function readAnswer(response: IncomingMessage): Promise<PutAnswer> {
  const { statusCode: status = 0, headers } = response;
  let text = "";
  response.setEncoding("utf8");
  for await (const piece of response) {
    text += String(piece);
    if (text.length > LONGEST) break;
  }
  if (status >= 300) throw refusal({ status, headers }, text);
  return { status, headers };
}

function refusal({ status, headers }: PutAnswer, text: string): Error {
  const name = elementOf(text, "Code");
  return Object.assign(new Error(elementOf(text, "Message") ?? "UnknownError"), {
    name: name ?? "Unknown",
    $metadata: { httpStatusCode: status },
    $response: { headers },
    Endpoint: elementOf(text, "Endpoint"),
    // As the SDK keeps what it could not read.
    ...(name === undefined && text.trim() !== "" && { $responseBodyText: text }),
  });
}

/** What stands in an element of a small XML document, if it is in it. */
function elementOf(xml: string, name: string): string | undefined {
  const [, text] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml) ?? [];
  return ENTITIES.reduce((read, [entity, character]) => read?.replaceAll(entity, character), text);
}

/** In the order in which they are undone: the last one may stand before what looks like another. */
const ENTITIES = [
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
  ["&apos;", "'"],
  ["&amp;", "&"],
] as const;

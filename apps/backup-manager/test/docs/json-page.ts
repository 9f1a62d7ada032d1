import * as z from "zod";
import { COMMANDS } from "../../src/command-line/commands.ts";

const HEAD = `# JSON

What \`backup-manager COMMAND --json\` prints on stdout: one object. Times are UTC in ISO 8601, sizes are in bytes.
\`format\` is 1; it grows with a change that could break a reader. New fields may be added without that. A \`key\`
is what comes after the configuration's \`prefix\`. \`policy\` always prints JSON: an IAM policy.
`;

/** docs/json.md, made of the schemas that the tests hold each output to. */
export async function jsonPage(): Promise<string> {
  const sections = COMMANDS.map(async ({ name, json }) => {
    if (json === undefined) return [];
    const rows = fieldsOf(z.toJSONSchema(await json(), { io: "input" }), "");
    const lines = rows.map((cells) => `| ${cells.map(escaped).join(" | ")} |`);
    return ["", `## \`${name}\``, "", "| field | type | what |", "| - | - | - |", ...lines, ""];
  });
  return [HEAD, ...(await Promise.all(sections)).flat()].join("\n");
}

type Node = z.core.JSONSchema.BaseSchema;
type Row = [path: string, type: string, what: string];

function fieldsOf(node: Node, path: string): Row[] {
  const required = new Set(node.required);
  return Object.entries(node.properties ?? {}).flatMap(([name, field]) => {
    if (typeof field === "boolean") return [];
    const here = path === "" ? name : `${path}.${name}`;
    const kind = present(field);
    const optional = required.has(name) ? "" : ", may be left out";
    const row: Row = [`\`${here}\``, typeOf(field) + optional, field.description ?? ""];
    const inner = kind.type === "array" ? itemOf(kind) : kind;
    return [row, ...fieldsOf(inner, kind.type === "array" ? `${here}[]` : here)];
  });
}

/** Of a field that may be null: what it is otherwise. */
function present(field: Node): Node {
  const [other] = (field.anyOf ?? []).filter((each) => each.type !== "null");
  return other ?? field;
}

function itemOf({ items }: Node): Node {
  return typeof items === "object" && !Array.isArray(items) ? items : {};
}

function typeOf(field: Node): string {
  const kind = present(field);
  const nullable = kind === field ? "" : " or null";
  if (kind.const !== undefined) return JSON.stringify(kind.const) + nullable;
  if (kind.enum !== undefined)
    return kind.enum.map((each) => JSON.stringify(each)).join(", ") + nullable;
  if (kind.type === "array") return `list of ${typeOf(itemOf(kind))}s${nullable}`;
  if (kind.format === "date-time") return `time${nullable}`;
  return `${[kind.type].flat().join(" or ")}${nullable}`;
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|");
}

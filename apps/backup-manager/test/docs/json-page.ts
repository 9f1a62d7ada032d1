import * as z from "zod";
import { deleteJsonSchema } from "../../src/delete/delete-json.ts";
import { doctorJsonSchema } from "../../src/doctor/doctor-json.ts";
import { gcJsonSchema } from "../../src/gc/gc-json.ts";
import { listJsonSchema } from "../../src/list/list-json.ts";
import { rekeyJsonSchema } from "../../src/rekey/rekey-json.ts";
import { scriptJsonSchema } from "../../src/script/script-json.ts";
import { showJsonSchema } from "../../src/show/show-json.ts";
import { startJsonSchema } from "../../src/start/start-json.ts";
import { verifyJsonSchema } from "../../src/verify/verify-json.ts";

const SCHEMAS = {
  list: listJsonSchema,
  show: showJsonSchema,
  script: scriptJsonSchema,
  delete: deleteJsonSchema,
  verify: verifyJsonSchema,
  gc: gcJsonSchema,
  rekey: rekeyJsonSchema,
  start: startJsonSchema,
  doctor: doctorJsonSchema,
};

const HEAD = `# JSON

What \`backup-manager COMMAND --json\` prints on stdout: one object. Times are UTC in ISO 8601, sizes are in bytes.
\`format\` is 1; it grows with a change that could break a reader. New fields may be added without that. \`policy\`
always prints JSON: an IAM policy.
`;

/** docs/json.md, made of the schemas that the tests hold each output to. */
export function jsonPage(): string {
  const sections = Object.entries(SCHEMAS).map(([command, schema]) => {
    const rows = fieldsOf(z.toJSONSchema(schema, { io: "input" }), "");
    const lines = rows.map((cells) => `| ${cells.map(escaped).join(" | ")} |`);
    return ["", `## \`${command}\``, "", "| field | type | what |", "| - | - | - |", ...lines, ""];
  });
  return [HEAD, ...sections.flat()].join("\n");
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

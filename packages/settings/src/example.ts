import { settingsSchema } from "./schema.ts";

/** The example configuration: every key with what it does; those with a default or that may be left out as comments. */
export function exampleSettings(): string {
  const lines = Object.entries(settingsSchema.shape).flatMap(([key, schema]) => {
    const { comment, example } = schema.meta() ?? {};
    const needed = !schema.safeParse(undefined).success;
    const line = `${needed ? "" : "# "}${key} = ${shown(example)}`;
    return comment === undefined ? [line] : ["", `## ${shown(comment)}`, line];
  });
  return `${HEAD}\n${lines.join("\n")}\n`;
}

const HEAD =
  "## backuppc-archive-s3: /etc/backuppc-archive-s3/config.toml, root:backuppc, mode 640";

function shown(text: unknown): string {
  return typeof text === "string" ? text : "";
}

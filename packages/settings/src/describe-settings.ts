import { parse } from "smol-toml";
import type { ZodType } from "zod";
import { settingsSchema } from "./parse/schema.ts";

/** A key of the configuration, as people read of it. Values are written in TOML. */
export interface DescribedSetting {
  readonly key: string;
  /** What a value must be, such as `a whole number from 1 to 64`. */
  readonly kind: string;
  readonly example: string;
  readonly required: boolean;
  /** Undefined if there is none. */
  readonly default: string | undefined;
}

/** Keys that one description covers, at least one. */
export interface SettingGroup {
  readonly description: string;
  readonly settings: readonly DescribedSetting[];
}

/** Every key that the configuration file may have, in its order: the source of the example file and of the reference. */
export function describeSettings(): SettingGroup[] {
  const groups: { description: string; settings: DescribedSetting[] }[] = [];
  for (const [key, schema] of Object.entries(settingsSchema.shape)) {
    const description = schema.meta()?.description;
    const setting = describeSetting(key, schema);
    if (description === undefined) groups.at(-1)?.settings.push(setting);
    else groups.push({ description, settings: [setting] });
  }
  return groups;
}

function describeSetting(key: string, schema: ZodType): DescribedSetting {
  // Each key has an example: a test sees to that.
  const toml = String(schema.meta()?.["example"]);
  const { success: mayBeLeftOut, data: byDefault } = schema.safeParse(undefined);
  return {
    key,
    kind: kindOf(schema),
    example: toml,
    required: !mayBeLeftOut,
    default: byDefault === undefined ? undefined : defaultOf(key, schema, toml, byDefault),
  };
}

/** In the words of the example where that shows the default: `"256MiB"` says more than its bytes. */
function defaultOf(key: string, schema: ZodType, example: string, byDefault: unknown): string {
  const { [key]: shown } = parse(`${key} = ${example}`);
  return schema.safeParse(shown).data === byDefault ? example : JSON.stringify(byDefault);
}

/** As the error of a value that is of no kind says it. */
function kindOf(schema: ZodType): string {
  const { error } = schema.safeParse(null);
  return String(error?.issues[0]?.message).replace(/^must be /, "");
}

import fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod";
import { jsonText } from "../../src/json/json-text.ts";
import { lazily } from "../../src/text/lazily.ts";

const resultSchema = z.record(z.string(), z.unknown());

test("it is what JSON.stringify makes of the whole", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (result) => {
      const text = [...jsonText(resultSchema, result)].join("");
      expect(text).toBe(`${JSON.stringify(result, null, 2)}\n`);
    }),
  );
});

test("a list is made item by item", () => {
  const listSchema = z.strictObject({ format: z.literal(1), words: z.array(z.string()) });
  let made = 0;
  const words = lazily([1, 2, 3], (number) => `word ${(made = number)}`);
  const pieces = jsonText(listSchema, { format: 1, words });
  let text = "";
  for (const piece of pieces) if ((text += piece).includes("word 1")) break;
  expect(made).toBe(1);
});

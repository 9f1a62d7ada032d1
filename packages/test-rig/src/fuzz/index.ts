export { fuzz, type FuzzedParser, type FuzzTally } from "./fuzz.ts";
export { inputs, LONGEST_INPUT } from "./inputs.ts";

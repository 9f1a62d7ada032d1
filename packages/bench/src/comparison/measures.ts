import { compression } from "./compression.ts";
import { hardware } from "./hardware.ts";
import { largeList } from "./large-list.ts";
import { manyChunks } from "./many-chunks.ts";
import type { Measure } from "./measure.ts";
import { memory } from "./memory.ts";
import { nullSink } from "./null-sink.ts";
import { restore } from "./restore.ts";
import { rgw } from "./rgw.ts";
import { sealing } from "./sealing.ts";
import { sideBySide } from "./side-by-side.ts";
import { startUp } from "./start-up.ts";
import { stream } from "./stream.ts";
import { uplink } from "./uplink.ts";

const WHOLE = { size: "512MiB", chunk: "64MiB", rounds: "5" };

/** All that can be measured, by the name on the command line. */
export const MEASURES: Readonly<Record<string, Measure>> = {
  hardware: { run: hardware, defaults: { size: "512MiB", rounds: "5" } },
  "start-up": { run: startUp, defaults: { rounds: "20" } },
  sealing: { run: sealing, defaults: { ...WHOLE, size: "2GiB" } },
  "null-sink": {
    run: nullSink,
    defaults: { ...WHOLE, size: "2GiB" },
    further: ["input", "rival"],
  },
  compression: {
    run: compression,
    defaults: { ...WHOLE, size: "256MiB", chunk: "16MiB", input: "usr", rounds: "3" },
  },
  uplink: {
    run: uplink,
    defaults: { rate: "20MB", size: "512MiB", chunk: "64MiB" },
    further: ["input"],
  },
  rgw: {
    run: rgw,
    defaults: { ...WHOLE, size: "1GiB", rounds: "3" },
    further: ["input", "peer"],
  },
  restore: { run: restore, defaults: { ...WHOLE, size: "1GiB" }, further: ["input"] },
  memory: { run: memory, defaults: { size: "2GiB" }, further: ["input"] },
  stream: { run: stream, defaults: { size: "100GB", chunk: "64MiB" } },
  "many-chunks": {
    run: manyChunks,
    defaults: { size: "80MiB", chunk: "4KiB" },
    further: ["input"],
  },
  "side-by-side": {
    run: sideBySide,
    defaults: { ...WHOLE, size: "1GiB", rounds: "3" },
    further: ["input"],
  },
  "large-list": { run: largeList, defaults: { rounds: "5" } },
};

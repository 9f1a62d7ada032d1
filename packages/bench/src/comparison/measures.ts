import { compression } from "./compression.ts";
import { encryption } from "./encryption.ts";
import { hardware } from "./hardware.ts";
import { largeList } from "./large-list.ts";
import { manyChunks } from "./many-chunks.ts";
import { manyMembers } from "./many-members.ts";
import type { Measure } from "./measure.ts";
import { memory } from "./memory.ts";
import { nights, nightsDatabase } from "./nights.ts";
import { nullSink } from "./null-sink.ts";
import { recordsRead } from "./records-read.ts";
import { restore, restoreGzip } from "./restore.ts";
import { rgw } from "./rgw.ts";
import { secondNight } from "./second-night.ts";
import { sideBySide } from "./side-by-side.ts";
import { startUp } from "./start-up.ts";
import { stream } from "./stream.ts";
import { uplink } from "./uplink.ts";

const MEAN = { mean: "2MiB" };
const WHOLE = { ...MEAN, chunk: "64MiB", rounds: "5" };
const NIGHTS = { size: "1GiB", ...MEAN, chunk: "64MiB", rounds: "7" };

/** All that can be measured, by the name on the command line. */
export const MEASURES: Readonly<Record<string, Measure>> = {
  hardware: { run: hardware, defaults: { size: "512MiB", rounds: "5" } },
  "start-up": { run: startUp, defaults: { rounds: "20" } },
  encryption: { run: encryption, defaults: { size: "2GiB", ...MEAN, rounds: "5" } },
  "null-sink": {
    run: nullSink,
    defaults: { size: "2GiB", ...WHOLE },
    further: ["input", "rival"],
  },
  compression: {
    run: compression,
    defaults: { size: "256MiB", ...WHOLE, input: "usr", rounds: "3" },
  },
  nights: { run: nights, defaults: NIGHTS },
  "nights-database": { run: nightsDatabase, defaults: NIGHTS },
  "second-night": {
    run: secondNight,
    defaults: { size: "512MiB", ...MEAN, rounds: "5", input: "backuppc" },
  },
  uplink: {
    run: uplink,
    defaults: { rate: "20MB", size: "512MiB", ...MEAN, chunk: "64MiB" },
    further: ["input"],
  },
  rgw: {
    run: rgw,
    defaults: { size: "1GiB", ...WHOLE, rounds: "3" },
    further: ["input", "peer"],
  },
  restore: { run: restore, defaults: { size: "2GiB", ...WHOLE, rounds: "3" }, further: ["input"] },
  "restore-gzip": {
    run: restoreGzip,
    defaults: { size: "512MiB", ...WHOLE, rounds: "3", input: "usr" },
  },
  memory: { run: memory, defaults: { size: "2GiB" }, further: ["input"] },
  stream: { run: stream, defaults: { size: "100GB", ...MEAN } },
  "many-chunks": {
    run: manyChunks,
    defaults: { size: "40MiB", chunk: "4KiB" },
    further: ["input"],
  },
  "many-members": { run: manyMembers, defaults: { size: "512MB", ...MEAN } },
  "side-by-side": {
    run: sideBySide,
    defaults: { size: "1GiB", ...MEAN, rounds: "3" },
    further: ["input"],
  },
  "large-list": { run: largeList, defaults: { rounds: "5" } },
  "records-read": {
    run: recordsRead,
    defaults: { size: "40MiB", chunk: "4KiB", rounds: "30" },
  },
};

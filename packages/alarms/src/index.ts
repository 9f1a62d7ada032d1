export { type Alarms, openAlarms, type RunEnd, type WantedAlarms } from "./alarms.ts";
export { LogTail } from "./log-tail.ts";
export { type Metric, type Sample } from "./metrics/sample.ts";
export { formatMetrics } from "./metrics/format-metrics.ts";
export { parseMetrics } from "./metrics/parse-metrics.ts";
export { writeMetrics } from "./metrics/write-metrics.ts";
export { startSyslog, type Syslog } from "./syslog.ts";

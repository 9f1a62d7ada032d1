import { type Metric, METRICS, type Sample } from "./sample.ts";

/** Samples in the text format of Prometheus: by metric, with its help and type before them. */
export function formatMetrics(samples: readonly Sample[]): string {
  return namesOf(METRICS)
    .map((name) => [name, samples.filter((sample) => sample.name === name)] as const)
    .filter(([, ofMetric]) => ofMetric.length > 0)
    .map(([name, ofMetric]) => {
      const head = `# HELP ${name} ${METRICS[name]}\n# TYPE ${name} gauge\n`;
      return head + ofMetric.map(line).toSorted().join("");
    })
    .join("");
}

function namesOf<Name extends string>(metrics: Readonly<Record<Name, string>>): Name[] {
  const names: Name[] = [];
  for (const name in metrics) names.push(name);
  return names;
}

function line({ name, labels, value }: Sample): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}${pairs.length === 0 ? "" : `{${pairs.join(",")}}`} ${value}\n`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\"]/g, "\\$&").replaceAll("\n", "\\n");
}

/** Whether it is the name of a metric of ours. */
export function isMetric(name: string): name is Metric {
  return Object.hasOwn(METRICS, name);
}

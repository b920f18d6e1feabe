/** Metrics as Prometheus is told them. */
export interface ReadMetrics {
  readonly text: string;
  /** The sum of all series of a name whose labels are among these. */
  value(name: string, labels?: Readonly<Record<string, string>>): number;
  /** The value of a label in every series of a name. */
  labels(name: string, label: string): string[];
}

const series = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/gm;

export function readMetrics(text: string): ReadMetrics {
  const all = [...text.matchAll(series)].map(([, name, labels = '', value]) => ({
    name,
    labels: Object.fromEntries([...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label, said]) => [label, said])) as Record<string, string>,
    value: Number(value),
  }));
  const called = (wanted: string) => all.filter(({ name }) => name === wanted);
  return {
    text,
    value(name, wanted = {}) {
      const found = called(name).filter(({ labels }) => Object.entries(wanted).every(([label, said]) => labels[label] === said));
      if (found.length === 0) throw new Error(`There is no ${name} with ${JSON.stringify(wanted)}.`);
      return found.reduce((sum, { value }) => sum + value, 0);
    },
    labels: (name, label) => called(name).map(({ labels }) => labels[label] ?? ''),
  };
}

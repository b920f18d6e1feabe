import type { Row } from './rows.ts';

/** Whether a row's name or number has every word of the text. */
export function isFound({ name, job, intent }: Pick<Row, 'name' | 'job' | 'intent'>, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/);
  const numbers = job?.fileIds ?? intent?.asked.fileIds ?? [];
  const haystack = `${name} no. ${numbers.join(' ')}`.toLowerCase();
  return words.every((word) => haystack.includes(word));
}

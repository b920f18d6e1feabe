import type { CatalogueFile } from '#shared/files-api.ts';
import type { CataloguePage, CatalogueQuestion } from '../downloads/ports.ts';
import type { IndexRow } from './name-index.ts';
import { numberAsked, pageOf } from './page-of.ts';

/** How long one page may count the files of folders that were not counted lately. */
const countPerPageMs = 3000;

/** A page of a catalogue, each row told by `tell`: no row at all for what is gone by now. */
export async function cataloguePage(
  rows: readonly IndexRow[],
  question: CatalogueQuestion,
  tell: (row: IndexRow, patience: AbortSignal) => Promise<CatalogueFile[]>,
  signal: AbortSignal,
): Promise<CataloguePage> {
  const asked = numberAsked(question.query);
  const page = pageOf(rows, question, rows.find(({ fileId }) => fileId === asked) ?? null);
  const patience = AbortSignal.any([signal, AbortSignal.timeout(countPerPageMs)]);
  const files = [];
  for (const row of page.rows) files.push(...(await tell(row, patience)));
  signal.throwIfAborted();
  return { files, total: page.total, next: page.next };
}

import { useQuery } from '@tanstack/react-query';
import { checkFile } from '../../api/files-api.ts';
import type { WantedFile } from '../intent.ts';

export type NumberedFile =
  | { state: 'none' }
  | { state: 'checking' | 'unknown'; fileId: number }
  | { state: 'found' | 'unchecked'; fileId: number; file: WantedFile };

/** What stands behind a typed file number. Where that cannot be checked now, the number can be asked for all the same. */
export function useNumberedFile(fileId: number | null): NumberedFile {
  const check = useQuery({
    queryKey: ['files', 'check', fileId],
    queryFn: ({ signal }) => checkFile(fileId ?? 0, signal),
    enabled: fileId !== null,
    retry: 1,
    staleTime: 60_000,
  });
  if (fileId === null) return { state: 'none' };
  if (check.error || check.fetchStatus === 'paused') {
    return { state: 'unchecked', fileId, file: { fileId, fileName: null, size: null } };
  }
  if (!check.data) return { state: 'checking', fileId };
  if (!check.data.available) return { state: 'unknown', fileId };
  const { fileName, size } = check.data;
  return { state: 'found', fileId, file: { fileId, fileName, size } };
}

/** The number that a text is, if it is one; with a catalogue only from three digits on. */
export function numberIn(text: string, leastDigits: number): number | null {
  const digits = /^(?:no\.?\s*)?(\d{1,15})$/i.exec(text.trim())?.[1];
  if (digits === undefined || digits.length < leastDigits) return null;
  const number = Number(digits);
  return number > 0 ? number : null;
}

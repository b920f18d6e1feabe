import { useState } from 'react';
import type { WantedFile } from '../intent.ts';
import { wantArchive, wantFile, type Intent } from '../intent.ts';
import { suggestArchiveName } from './archive-name.ts';
import type { Bundling } from './chosen-files.tsx';

/** What somebody has chosen in the dialog so far, and how it is to come. */
export function useChosenFiles() {
  const [files, setFiles] = useState<readonly WantedFile[]>([]);
  const [bundling, setBundling] = useState<Bundling>('one-zip');
  const [ownStem, setOwnStem] = useState<string | null>(null);
  const suggestion = suggestArchiveName(files.map((file) => file.fileName ?? ''));
  const toggle = (file: WantedFile) =>
    setFiles((before) => {
      const without = before.filter((one) => one.fileId !== file.fileId);
      return without.length < before.length ? without : [...before, file];
    });
  const takeOut = (fileId: number) => setFiles((before) => before.filter((file) => file.fileId !== fileId));
  const has = (fileId: number) => files.some((file) => file.fileId === fileId);
  const archiveStem = ownStem ?? suggestion;

  /** What to ask the server for. */
  function intents(now: number): Intent[] {
    const stem = archiveStem.trim() === '' ? suggestion : archiveStem.trim();
    if (files.length > 1 && bundling === 'one-zip') return [wantArchive(files, `${stem.replace(/\.zip$/i, '')}.zip`, now)];
    // Separate files are asked for a moment apart, so that the list keeps the order in which they were chosen.
    return files.map((file, index) => wantFile(file, now + files.length - index));
  }

  return { files, bundling, archiveStem, setBundling, setArchiveStem: setOwnStem, toggle, takeOut, has, intents };
}

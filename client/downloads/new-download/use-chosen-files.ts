import { useState } from 'react';
import { mayTell } from '../may-tell.ts';
import type { WantedFile, Wish } from '../intent.ts';

/** What somebody has chosen in the dialog so far, and how it is to come. */
export function useChosenFiles() {
  const [files, setFiles] = useState<readonly WantedFile[]>([]);
  const [bundling, setBundling] = useState<Wish['bundling']>('one-zip');
  const [ownStem, setOwnStem] = useState<string | null>(null);
  const [tellMe, setTellMe] = useState(() => mayTell() && Notification.permission === 'granted');
  const has = (fileId: number) => files.some((file) => file.fileId === fileId);
  const takeOut = (fileId: number) => setFiles(files.filter((file) => file.fileId !== fileId));
  const toggle = (file: WantedFile) => (has(file.fileId) ? takeOut(file.fileId) : setFiles([...files, file]));
  return { files, bundling, ownStem, tellMe, setBundling, setOwnStem, setTellMe, toggle, takeOut, has };
}

import { useEffect, useEffectEvent } from 'react';
import { useDownloads } from '../downloads/downloads-context.tsx';
import { alsoLate } from '../ui/late-part.ts';

const letters = /^[njkxdclrz/?1-4]$/i;
const others = /^(?:Arrow(?:Up|Down)|Enter|Delete|Escape)$/;

const load = alsoLate(() => import('../downloads/press-key.ts'));
let late: ReturnType<typeof load> | null = null;

interface KeyboardTargets {
  onNew: () => void;
  onHelp: () => void;
  /** Nothing that needs the network can be done now. */
  blocked: boolean;
}

/** The keys of the page; what they do beyond a new download comes when the first is pressed. Fields and open layers keep their own. */
export function useKeyboard({ onNew, onHelp, blocked }: KeyboardTargets): void {
  const downloads = useDownloads();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const { key, target } = event;
    const command = event.ctrlKey || event.metaKey;
    if (event.altKey || isTyping(target) || document.querySelector('dialog[open], [popover=auto]:popover-open')) return;
    if (command ? key !== 'a' : letters.test(key) ? document.documentElement.dataset.letters === 'off' : !others.test(key)) return;
    const row = rowOf(target);
    // Arrows scroll the page outside of the list, and Enter presses what has the focus.
    if ((key.startsWith('Arrow') && !row) || (key === 'Enter' && row !== target)) return;
    event.preventDefault();
    if (key === 'n' || key === 'N') return onNew();
    // One promise for all, so that they are done in the order in which they were pressed.
    late ??= load();
    late.then(
      ({ pressKey }) => pressKey(event, { ...downloads, blocked, onHelp }),
      () => (late = null),
    );
  });
  useEffect(() => {
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

const rowOf = (target: EventTarget | null) => (target instanceof Element ? target.closest<HTMLElement>('[data-row-id]') : null);

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox]), textarea, select'));
}

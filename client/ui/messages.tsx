import { Suspense, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { latePart } from './late-part.ts';
import type { Announcer } from './announcer.ts';
import type { Toasts } from './toasts.ts';

const ToastView = latePart(() => import('./toast-view.tsx'));

// Found once: with a dialog that has gone, it is for a moment not in the page.
let found: HTMLElement | null = null;
const layer = () => (found ??= document.getElementById('messages'));

/** All that the page says of its own accord, aloud and written, on a layer that is there from the first paint. */
export function Messages({ toasts, announcer }: { toasts: Toasts; announcer: Announcer }) {
  const toast = useSyncExternalStore(toasts.subscribe, toasts.current);
  const spoken = useSyncExternalStore(announcer.subscribe, announcer.spoken);
  const messages = (
    <>
      {toast && (
        <Suspense>
          <ToastView key={toast.id} toast={toast} toasts={toasts} />
        </Suspense>
      )}
      <div className="unseen" role="status" aria-live="polite">
        {spoken}
      </div>
    </>
  );
  return createPortal(messages, layer() ?? document.body);
}

/** A dialog makes all beside it mute and out of reach. What the page has to say goes into it, and back out when it closes. */
export function bringMessages(into: HTMLElement): void {
  const messages = layer();
  if (!messages || messages.parentElement === into) return;
  into.append(messages);
  // Moving took an open toast off the top layer.
  messages.querySelector<HTMLElement>('[popover]')?.showPopover();
}

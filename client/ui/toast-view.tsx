import './toast.css';
import { useEffect, useState } from 'react';
import { IconButton } from './button.tsx';
import type { Toast, Toasts } from './toasts.ts';
import { closeIcon } from './icons.ts';

const staysMs = 8000;

interface ToastViewProps {
  toast: Toast;
  toasts: Toasts;
}

/** Shows a message at the bottom left, for as long as it takes to read. */
export default function ToastView({ toast, toasts }: ToastViewProps) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    const timer = held ? undefined : setTimeout(() => toasts.close(toast.id), staysMs);
    return () => clearTimeout(timer);
  }, [held, toast.id, toasts]);
  return (
    // Only being looked at keeps it: what can be done is done with its buttons.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={liftOverDialogs}
      popover="manual"
      className="toast"
      role="group"
      aria-label="Message"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className="toast-text">{toast.text}</span>
      {toast.action && (
        <button type="button" className="button toast-action" onClick={() => toasts.act(toast.id)}>
          {toast.action.label}
        </button>
      )}
      <IconButton icon={closeIcon} label="Close message" onClick={() => toasts.close(toast.id)} />
    </div>
  );
}

const liftOverDialogs = (toast: HTMLElement | null) => toast?.showPopover();

import './toast.css';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { IconButton } from './button.tsx';
import type { Toast, Toasts } from './toasts.ts';

const staysMs = 8000;

/** Shows the current message at the bottom left, for as long as it takes to read. */
export default function ToastView({ toasts }: { toasts: Toasts }) {
  const toast = useSyncExternalStore(toasts.subscribe, toasts.current);
  if (toast === null) return null;
  return <ToastCard key={toast.id} toast={toast} onClose={() => toasts.close(toast.id)} onAct={() => toasts.act(toast.id)} />;
}

interface ToastCardProps {
  toast: Toast;
  onClose: () => void;
  onAct: () => void;
}

function ToastCard({ toast, onClose, onAct }: ToastCardProps) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(onClose, staysMs);
    return () => clearTimeout(timer);
    // The timer belongs to this toast; only being held restarts it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [held, toast.id]);
  return (
    <div
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
        <button type="button" className="button toast-action" onClick={onAct}>
          {toast.action.label}
        </button>
      )}
      <IconButton icon="close" label="Close message" onClick={onClose} />
    </div>
  );
}

import './modal.css';
import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { bringMessages } from './messages.tsx';

interface ModalProps {
  className: string;
  label: string;
  onClose: () => void;
  children: ReactNode;
}

/** A native dialog over the page: Esc and a click on the ground around it close it, and focus goes back where it was. */
export function Modal({ className, label, onClose, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Closed before it leaves the page: only then does the browser give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element && !element.open) {
      element.showModal();
      // The browser would light up the first button of a dialog that has nothing to type in.
      if (!element.contains(document.querySelector(':focus[type=text]'))) element.focus();
      bringMessages(element);
    }
    return () => {
      element?.close();
      // A dialog may lie on another one.
      bringMessages(document.querySelector<HTMLElement>('dialog[open]') ?? document.body);
    };
  }, []);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events -- Esc is the key, and native
    <dialog
      ref={dialog}
      className={`modal ${className}`}
      aria-label={label}
      tabIndex={-1}
      onCancel={(event) => {
        event.preventDefault();
        // React hands on to this dialog what was meant for one that lies on it.
        if (event.target === dialog.current) onClose();
      }}
      onMouseDown={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      {children}
    </dialog>
  );
}

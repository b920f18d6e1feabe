import './popover.css';
import { useId, useRef, type ReactNode } from 'react';

interface PopoverProps {
  /** Draws the button that opens it; spread what it is given onto the button. */
  trigger: (attributes: { popoverTarget: string; ref: (element: HTMLButtonElement | null) => void }) => ReactNode;
  children: (close: () => void) => ReactNode;
  className?: string;
  onOpen?: (popover: HTMLElement) => void;
}

/** A layer that hangs at the right edge of its button; the browser closes it on Esc and on a click elsewhere. */
export function Popover({ trigger, children, className = '', onOpen }: PopoverProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const setButton = (element: HTMLButtonElement | null) => void (button.current = element);
  const place = () => {
    if (button.current && layer.current) hang(layer.current, button.current.getBoundingClientRect());
  };
  return (
    <>
      {trigger({ popoverTarget: id, ref: setButton })}
      <div
        ref={layer}
        id={id}
        popover="auto"
        className={`popover ${className}`}
        onToggle={(event) => {
          if (event.newState !== 'open') return;
          place();
          onOpen?.(event.currentTarget);
        }}
      >
        {children(() => layer.current?.hidePopover())}
      </div>
    </>
  );
}

function hang(layer: HTMLElement, from: DOMRect): void {
  const { offsetWidth: width, offsetHeight: height } = layer;
  const below = from.bottom + 4;
  const top = below + height > innerHeight - 8 ? Math.max(8, from.top - 4 - height) : below;
  const left = Math.min(Math.max(8, from.right - width), innerWidth - width - 8);
  layer.style.top = `${top}px`;
  layer.style.left = `${left}px`;
}

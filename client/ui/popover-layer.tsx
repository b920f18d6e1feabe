import './popover.css';
import { useEffect, useRef, type ReactNode } from 'react';

interface PopoverLayerProps {
  id: string;
  className: string;
  /** The button it hangs from. */
  anchor: HTMLElement;
  onClose: () => void;
  children: ReactNode;
}

/** A layer that hangs at the right edge of its button; the browser closes it on Esc and on a click elsewhere. */
export function PopoverLayer({ id, className, anchor, onClose, children }: PopoverLayerProps) {
  const layer = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = layer.current;
    if (!element) return;
    element.showPopover();
    hang(element, anchor.getBoundingClientRect());
  }, [anchor]);
  return (
    <div
      ref={layer}
      id={id}
      popover="auto"
      className={`popover ${className}`}
      onToggle={(event) => {
        if (event.newState === 'closed') onClose();
      }}
    >
      {children}
    </div>
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

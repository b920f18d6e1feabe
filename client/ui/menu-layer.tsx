import './menu.css';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { PopoverLayer } from './popover-layer.tsx';

export interface MenuItem {
  label: string;
  run: () => void;
  disabled?: boolean;
  /** Shown only on a phone, where the row has no room for its own button. */
  narrowOnly?: boolean;
}

interface MenuLayerProps {
  layer: { id: string; anchor: HTMLElement; onClose: () => void };
  label: string;
  items: readonly MenuItem[];
}

/** What else can be done with something. The first item has the focus, the arrows move it. */
export function MenuLayer({ layer, label, items }: MenuLayerProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (list.current) enabledItems(list.current)[0]?.focus();
  }, []);
  return (
    <PopoverLayer className="menu" {...layer}>
      <div ref={list} role="menu" aria-label={label} tabIndex={-1} onKeyDown={(event) => moveFocus(event, layer.onClose)}>
        {items.map((item) => (
          <button
            key={item.label}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className={item.narrowOnly ? 'menu-item narrow-only' : 'menu-item'}
            disabled={item.disabled}
            onClick={() => {
              layer.onClose();
              layer.anchor.focus();
              item.run();
            }}
          >
            {item.label}
          </button>
        ))}
      </div>
    </PopoverLayer>
  );
}

function moveFocus(event: KeyboardEvent<HTMLElement>, close: () => void): void {
  const items = enabledItems(event.currentTarget);
  const at = items.findIndex((item) => item === document.activeElement);
  const targets: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
  const target = targets[event.key];
  if (event.key === 'Tab') close();
  if (target === undefined) return;
  event.preventDefault();
  items.at(target % items.length)?.focus();
}

function enabledItems(list: HTMLElement): HTMLButtonElement[] {
  const items = [...list.querySelectorAll<HTMLButtonElement>('[role=menuitem]:not(:disabled)')];
  return items.filter((item) => item.checkVisibility());
}

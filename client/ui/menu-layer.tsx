import './menu.css';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { Icon } from './icon.tsx';
import { checkIcon } from './icons.ts';
import { PopoverLayer } from './popover-layer.tsx';

export interface MenuItem {
  label: string;
  run: () => void;
  disabled?: boolean | undefined;
  /** One of several that exclude each other, and whether it is the one. */
  checked?: boolean;
  /** The key that does the same, as it is printed on a keyboard. */
  keys?: string;
  /** Shown only where the page has no room for a button of its own: on a phone, or on anything below a laptop. */
  only?: 'narrow' | 'compact';
  /** Set off from what is above it. */
  apart?: boolean;
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
    if (!list.current) return;
    const [first, ...rest] = enabledItems(list.current);
    const checked = rest.find((item) => item.ariaChecked === 'true');
    (checked ?? first)?.focus();
  }, []);
  return (
    <PopoverLayer className="menu" {...layer}>
      <div ref={list} role="menu" aria-label={label} tabIndex={-1} onKeyDown={(event) => moveFocus(event, layer.onClose)}>
        {items.map((item) => (
          <button
            key={item.label}
            type="button"
            role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
            aria-checked={item.checked}
            aria-keyshortcuts={item.keys}
            tabIndex={-1}
            className={classOf(item)}
            disabled={item.disabled}
            onClick={() => {
              layer.onClose();
              layer.anchor.focus();
              item.run();
            }}
          >
            {item.checked !== undefined && <span className="menu-check">{item.checked && <Icon shape={checkIcon} />}</span>}
            {item.label}
            {item.keys !== undefined && <kbd aria-hidden="true">{item.keys}</kbd>}
          </button>
        ))}
      </div>
    </PopoverLayer>
  );
}

function classOf({ only, apart }: MenuItem): string {
  return ['menu-item', only && `${only}-only`, apart && 'menu-apart'].filter(Boolean).join(' ');
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
  const items = [...list.querySelectorAll<HTMLButtonElement>('[role^=menuitem]:not(:disabled)')];
  return items.filter((item) => item.checkVisibility());
}

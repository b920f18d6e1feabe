import './menu.css';
import type { KeyboardEvent } from 'react';
import { IconButton } from './button.tsx';
import { Popover } from './popover.tsx';

export interface MenuItem {
  label: string;
  run: () => void;
  disabled?: boolean;
  /** Shown only on a phone, where the row has no room for its own button. */
  narrowOnly?: boolean;
}

/** What else can be done with something, behind three dots. */
export function Menu({ label, items }: { label: string; items: readonly MenuItem[] }) {
  return (
    <Popover
      className="menu"
      onOpen={(layer) => enabledItems(layer)[0]?.focus()}
      trigger={(attributes) => <IconButton icon="more" label={label} aria-haspopup="menu" {...attributes} />}
    >
      {(close) => (
        <div role="menu" aria-label={label} tabIndex={-1} onKeyDown={(event) => moveFocus(event, close)}>
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className={item.narrowOnly ? 'menu-item narrow-only' : 'menu-item'}
              disabled={item.disabled}
              onClick={() => {
                close();
                item.run();
              }}
            >
              {item.label}
            </button>
          ))}
        </div>
      )}
    </Popover>
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

function enabledItems(layer: HTMLElement): HTMLButtonElement[] {
  const items = [...layer.querySelectorAll<HTMLButtonElement>('[role=menuitem]:not(:disabled)')];
  return items.filter((item) => item.checkVisibility());
}
